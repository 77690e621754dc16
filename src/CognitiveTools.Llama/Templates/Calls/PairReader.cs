using System.Text.Json;

namespace CognitiveTools.Llama.Templates.Calls;

/// <summary>Reads arguments that are written one after the other, and converts each by the type that the function declares.</summary>
internal sealed class PairReader(PairArguments syntax)
{
    private readonly ValueForm[] _values = [.. syntax.Values];

    /// <summary>Reads arguments.</summary>
    /// <param name="text">The text.</param>
    /// <param name="at">Where the first argument's name begins.</param>
    /// <param name="function">The function's name.</param>
    /// <param name="parameters">The schema of its parameters.</param>
    /// <returns>The arguments and where they end; <see langword="null"/> when one of them is not whole.</returns>
    public (Dictionary<string, object?> Values, int End)? Read(string text, int at, string function, JsonElement parameters)
    {
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        for (var end = -1; ; at = end)
        {
            if (end >= 0)
                at = MarkText.Match(text, end, MarkText.For(syntax.Next, function));
            // What follows the last argument may begin as the next one does.
            if (at < 0 || KeyAt(text, at, function, parameters) is not { } key
                || ValueAt(text, at + key.Length, function, key, ParameterKinds.Of(parameters, key)) is not var (value, behind))
                return values.Count > 0 ? (values, end) : null;
            values[key] = value;
            end = behind;
        }
    }

    private string? KeyAt(string text, int at, string function, JsonElement parameters)
    {
        foreach (var (name, _) in ParameterKinds.Of(parameters).OrderByDescending(static parameter => parameter.Name.Length))
        {
            if (string.CompareOrdinal(text, at, name, 0, name.Length) == 0 && FormsAt(text, at + name.Length, function, name).Any())
                return name;
        }

        for (var end = at; end < text.Length; end++)
        {
            if (text[end] is '\n')
                return null;
            if (end > at && FormsAt(text, end, function, text[at..end]).Any())
                return text[at..end];
        }

        return null;
    }

    // Those with the longest text before the value: a quoted text begins as a number does, and with its quote.
    private IEnumerable<(ValueForm Form, int Start)> FormsAt(string text, int at, string function, string key)
    {
        var found = _values.Select(form => (Form: form, Start: MarkText.Match(text, at, MarkText.For(form.Before, function, key))))
            .Where(static match => match.Start >= 0).ToArray();
        var longest = found.Length == 0 ? 0 : found.Max(static match => match.Start);
        return found.Where(match => match.Start == longest);
    }

    private (JsonElement Value, int End)? ValueAt(string text, int at, string function, string key, ValueKinds kinds)
    {
        var matches = FormsAt(text, at, function, key).ToArray();
        if (matches.Length == 0)
            return null;
        var start = matches[0].Start;
        var written = matches.Aggregate(ValueKinds.None, static (all, match) => all | match.Form.Kind);
        if (written.HasFlag(ValueKinds.MarkedText))
            return PlainAt(ValueKinds.MarkedText, ValueKinds.Text);
        var possible = (kinds & written) == ValueKinds.None ? written : kinds & written;
        if (possible.HasFlag(ValueKinds.Text))
            return PlainAt(ValueKinds.Text, possible);
        foreach (var (form, _) in matches.Where(match => possible.HasFlag(match.Form.Kind)))
        {
            if (ValueTextReader.Read(text, start, form.Spelling == ValueSpelling.Quoted ? syntax.Quote : "") is var (value, end)
                && EndOf(form, end) is >= 0 and var behind)
                return (value, behind);
        }

        return PlainAt(matches.First(match => possible.HasFlag(match.Form.Kind)).Form.Kind, possible);

        int EndOf(ValueForm form, int end) => MarkText.Match(text, end, MarkText.For(form.After, function, key));

        (JsonElement, int)? PlainAt(ValueKinds kind, ValueKinds wanted)
        {
            var form = matches.First(match => match.Form.Kind == kind).Form;
            var mark = MarkText.For(form.After, function, key);
            var end = mark.Length == 0 ? -1 : text.IndexOf(mark, start, StringComparison.Ordinal);
            return end < 0 ? null : (Convert(text[start..end], wanted), end + mark.Length);
        }
    }

    // A parameter that takes texts and other values gets what the text looks like.
    private JsonElement Convert(string text, ValueKinds kinds) =>
        kinds != ValueKinds.Text && ValueTextReader.Whole(text, syntax.Quote) is { } value && Fits(value, kinds) ? value : TextOf(text);

    private static bool Fits(JsonElement value, ValueKinds kinds)
    {
        var kind = ParameterKinds.KindOf(value);
        return kind != ValueKinds.Text
            && (kinds.HasFlag(kind) || (kind == ValueKinds.Integer && kinds.HasFlag(ValueKinds.Number)));
    }

    private static JsonElement TextOf(string text) => JsonSerializer.SerializeToElement(text, CallJson.Default.String);
}
