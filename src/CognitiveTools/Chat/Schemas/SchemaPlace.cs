using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;

namespace CognitiveTools.Chat.Schemas;

/// <summary>Places of a schema, as JSON pointers in URI fragments name them: <c>#/properties/a/items</c>.</summary>
internal static class SchemaPlace
{
    /// <summary>A name as a step of a pointer.</summary>
    public static string Escape(string name) =>
        name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    /// <summary>Follows a reference.</summary>
    /// <param name="schema">The whole schema.</param>
    /// <param name="reference">The reference.</param>
    /// <param name="place">The place in canonical form.</param>
    /// <param name="target">The schema at that place.</param>
    /// <returns>Whether the reference points to an existing place of this schema.</returns>
    public static bool TryFollow(JsonElement schema, string reference, [NotNullWhen(true)] out string? place, out JsonElement target)
    {
        (place, target) = (null, schema);
        if (reference != "#" && !reference.StartsWith("#/", StringComparison.Ordinal))
            return false;
        var steps = reference.Split('/')[1..].Select(Unescape).ToList();
        foreach (var step in steps)
        {
            if (target.ValueKind == JsonValueKind.Object ? !target.TryGetProperty(step, out target) : !TryItem(ref target, step))
                return false;
        }

        place = string.Join('/', steps.Select(Escape).Prepend("#"));
        return true;
    }

    private static string Unescape(string step) =>
        Uri.UnescapeDataString(step).Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);

    private static bool TryItem(ref JsonElement target, string step)
    {
        if (target.ValueKind != JsonValueKind.Array
            || !int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var index) || index >= target.GetArrayLength())
            return false;
        target = target[index];
        return true;
    }
}
