using System.Text;
using System.Text.Json;
using CognitiveTools.Llama.Templates.Conversations;

namespace CognitiveTools.Llama.Templates.Calls;

/// <summary>Reads the calls of a turn behind <see cref="CallSyntax.Open"/>.</summary>
internal sealed class CallTextReader(CallSyntax syntax, IReadOnlyList<DeclaredFunction> functions)
{
    private readonly DeclaredFunction[] _functions = [.. functions.OrderByDescending(static function => function.Name.Length)];

    /// <summary>Reads calls.</summary>
    /// <param name="text">The text.</param>
    /// <param name="at">Where the first name begins.</param>
    /// <param name="isCut">Whether the text was cut.</param>
    /// <returns>The whole calls, and where they end.</returns>
    public (IReadOnlyList<FoundCall> Calls, int End) Read(string text, int at, bool isCut)
    {
        var calls = new List<FoundCall>();
        var end = at;
        while (CallAt(text, at) is { } found)
        {
            var next = JoinAt(text, found);
            var last = EndOfTurn(text, found, isCut);
            if (next < 0 && last < 0)
                break; // an argument was cut
            calls.Add(new(found.Name, found.Values));
            end = Math.Max(next < 0 ? last : found.End, found.End);
            if (next < 0)
                break;
            at = next;
        }

        return (calls, end);
    }

    private int JoinAt(string text, CallAtPlace found)
    {
        var join = found.IsEmpty ? ((PairArguments)syntax.Arguments).EmptyJoin : syntax.Join;
        return join is null ? -1 : MarkText.Match(text, found.End, MarkText.For(join, found.Name));
    }

    // A token that ends the turn may be the last part of the form. JSON says itself where it ends.
    private int EndOfTurn(string text, CallAtPlace found, bool isCut)
    {
        var close = found.IsEmpty ? ((PairArguments)syntax.Arguments).EmptyClose : syntax.Close;
        var end = MarkText.Match(text, found.End, MarkText.For(close, found.Name));
        if (end == MarkText.Cut && (!isCut || syntax.Arguments is JsonArguments))
            return text.Length;
        return end < 0 && syntax.Arguments is JsonArguments ? found.End : end;
    }

    private CallAtPlace? CallAt(string text, int at)
    {
        foreach (var function in _functions)
        {
            if (string.CompareOrdinal(text, at, function.Name, 0, function.Name.Length) != 0)
                continue;
            var behind = at + function.Name.Length;
            var found = syntax.Arguments switch
            {
                JsonArguments json => JsonAt(text, behind, function.Name, json),
                PairArguments pairs => PairsAt(text, behind, function, pairs),
                _ => null,
            };
            if (found is not null)
                return found;
        }

        return null;
    }

    private static CallAtPlace? PairsAt(string text, int behind, DeclaredFunction function, PairArguments pairs)
    {
        var start = MarkText.Match(text, behind, MarkText.For(pairs.Middle, function.Name));
        if (start >= 0 && new PairReader(pairs).Read(text, start, function.Name, function.Parameters) is var (values, end))
            return new(function.Name, values, end, IsEmpty: false);
        var isEmpty = MarkText.MayMatch(text, behind, MarkText.For(pairs.EmptyClose, function.Name))
            || (pairs.EmptyJoin is { } join && MarkText.Match(text, behind, MarkText.For(join, function.Name)) >= 0);
        return isEmpty ? new(function.Name, [], behind, IsEmpty: true) : null;
    }

    private static CallAtPlace? JsonAt(string text, int behind, string name, JsonArguments json)
    {
        var start = MarkText.Match(text, behind, MarkText.For(json.Middle, name));
        if (start < 0 && json.Other is { } other)
            start = MarkText.Match(text, behind, MarkText.For(other, name));
        if (start < 0)
            return null;
        var bytes = Encoding.UTF8.GetBytes(text[start..]);
        var reader = new Utf8JsonReader(bytes);
        try
        {
            using var document = JsonDocument.ParseValue(ref reader);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                return null;
            var values = new Dictionary<string, object?>(StringComparer.Ordinal);
            foreach (var property in document.RootElement.EnumerateObject())
                values[property.Name] = property.Value.Clone();
            return new(name, values, start + Encoding.UTF8.GetCharCount(bytes, 0, (int)reader.BytesConsumed), IsEmpty: false);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record CallAtPlace(string Name, Dictionary<string, object?> Values, int End, bool IsEmpty);
}

/// <summary>A call that was read.</summary>
/// <param name="Name">The function's name.</param>
/// <param name="Arguments">JSON elements by name.</param>
internal sealed record FoundCall(string Name, IReadOnlyDictionary<string, object?> Arguments);
