using System.Text.Json;

namespace CognitiveTools.Chat.Schemas;

/// <summary>The range that the keywords of an integer allow.</summary>
internal static class WholeRange
{
    /// <exception cref="NotSupportedException">A bound is not a number, or no number of at most 16 digits is left.</exception>
    public static (long Min, long Max) Of(JsonElement node, string at)
    {
        var min = Math.Max(
            Bound(node, "minimum", at, isLower: true, excludes: false), Bound(node, "exclusiveMinimum", at, isLower: true, excludes: true));
        var max = Math.Min(
            Bound(node, "maximum", at, isLower: false, excludes: false),
            Bound(node, "exclusiveMaximum", at, isLower: false, excludes: true));
        return min <= max
            ? (min, max)
            : throw SchemaRefusal.At(at, "leaves no whole number of at most 16 digits", "Correct minimum and maximum.");
    }

    private static long Bound(JsonElement node, string keyword, string at, bool isLower, bool excludes)
    {
        var open = isLower ? -WholeNumbers.Largest : WholeNumbers.Largest;
        if (!node.TryGetProperty(keyword, out var value) || value.ValueKind == JsonValueKind.False)
            return open;
        if (value.ValueKind != JsonValueKind.Number)
            throw SchemaRefusal.At($"{at}/{keyword}", "is not a number", "Give a number.");
        if (!value.TryGetDecimal(out var bound))
            bound = value.GetRawText()[0] == '-' ? decimal.MinValue : decimal.MaxValue; // beyond any number that is written here
        bound = Math.Clamp(bound, -WholeNumbers.Largest - 2, WholeNumbers.Largest + 2);
        var whole = (long)(isLower ? Math.Ceiling(bound) : Math.Floor(bound));
        if (excludes && whole == bound)
            whole += isLower ? 1 : -1;
        return isLower ? Math.Max(whole, open) : Math.Min(whole, open);
    }
}
