using System.Text.Json;

namespace CognitiveTools.Llama.Templates.Calls;

/// <summary>Finds the form of calls whose arguments are written one after the other.</summary>
/// <param name="samples">Renders calls.</param>
/// <param name="open">Text before the name.</param>
/// <param name="behind">Text behind the name of a call with one text argument.</param>
internal sealed class PairAnalysis(CallSamples samples, string open, string behind)
{
    private static readonly (string Key, JsonElement Value) Sample = CallSamples.Of(ValueKinds.Text);

    /// <summary>The form.</summary>
    /// <exception cref="NotSupportedException">It is not known here; the message is the reason.</exception>
    public CallSyntax Find()
    {
        var key = behind.IndexOf(Sample.Key, StringComparison.Ordinal);
        if (key < 0)
            throw new NotSupportedException("it does not write arguments behind the function's name");
        var middle = behind[..key];
        var values = CallSamples.Values.Select(sample => Cut(sample, middle)).OfType<CutValue>().ToList();
        if (values.FirstOrDefault(static value => value.Kind == ValueKinds.Text) is not { } text)
            throw new NotSupportedException("it does not write texts as they are");
        var quote = values.Find(static value => value.Kind == ValueKinds.Integer) is { } number
            && text.Before.StartsWith(number.Before, StringComparison.Ordinal) ? text.Before[number.Before.Length..] : "";
        foreach (var kind in (ValueKinds[])[ValueKinds.Object, ValueKinds.Array])
        {
            if (CutNested(kind, middle, quote) is { } nested)
                values.Add(nested);
        }

        var close = values.Select(static value => value.Tail).Aggregate(CommonEnd);
        var textEnd = text.Tail[..^close.Length];
        var next = Behind(textEnd, NextOf(middle, text)) ?? throw new NotSupportedException("it writes one argument only");
        var ended = $"{open}{CallSamples.Name}{middle}{Sample.Key}{text.Before}{Sample.Value.GetString()}";
        var first = CallSamples.Call(isOther: false, Sample);
        var second = CallSamples.Call(isOther: true, Sample);
        var found = CallSyntaxAnalysis.JoinOf(samples.Turn(first, second), ended);
        var join = found is { } two ? Behind(textEnd, Keyed(two.Join, Sample.Key)) : null;
        var empty = CallSamples.Call(isOther: false);
        var emptyTurn = samples.Turn(empty) ?? throw new NotSupportedException($"it refuses a call without arguments ({samples.Refusal})");
        var named = emptyTurn.IndexOf(CallSamples.Name, StringComparison.Ordinal);
        if (named < 0)
            throw new NotSupportedException("it leaves a call without arguments out");
        var emptyClose = emptyTurn[(named + CallSamples.Name.Length)..];
        var emptyJoin = join is null ? null : CallSyntaxAnalysis.JoinOf(samples.Turn(empty, second), $"{open}{CallSamples.Name}")?.Join;
        if (IndexIn(middle, found?.Behind) is not { } index)
            (join, emptyJoin, index) = (null, null, -1);

        // What every continuation begins with belongs to the value's end.
        var shared = CommonStart([next, close, join ?? next]);
        shared = shared[..(shared.LastIndexOfAny(['>', ']', ')', '}']) + 1)];
        var forms = values.Select(value => new ValueForm(value.Kind, value.Before, value.Tail[..^close.Length] + shared, value.Spelling))
            .ToList();
        forms.RemoveAll(form => form.Kind == ValueKinds.MarkedText && forms.Exists(other => other.Kind == ValueKinds.Text
            && other.Before == form.Before && other.After == form.After));
        if (string.IsNullOrWhiteSpace(forms.Find(static form => form.Kind == ValueKinds.Text)!.After))
            throw new NotSupportedException("nothing marks the end of a text");
        return new(
            open, join is null || emptyJoin is null ? null : join[shared.Length..], close[shared.Length..],
            new PairArguments(Numbered(middle, index), next[shared.Length..], Numbered(emptyClose, index),
                emptyJoin is null || join is null ? null : Numbered(emptyJoin, index), forms, quote, IsSorted()));
    }

    private CutValue? Cut((ValueKinds Kind, string Key, JsonElement Value) sample, string middle)
    {
        if (sample.Kind is ValueKinds.Object or ValueKinds.Array || SegmentOf(sample.Key, sample.Value, middle) is not { } segment)
            return null;
        var (at, length, spelling) = sample.Kind switch
        {
            ValueKinds.Boolean => Spelled(segment, "true", "True"),
            ValueKinds.Null => Spelled(segment, "null", "None"),
            ValueKinds.Integer or ValueKinds.Number => Spelled(segment, sample.Value.GetRawText(), "\0"),
            _ => Plain(segment, sample.Value.GetString()!),
        };
        return at < 0 ? null : new(sample.Kind, segment[..at], Keyed(segment[(at + length)..], sample.Key), spelling);
    }

    private static (int At, int Length, ValueSpelling Spelling) Plain(string segment, string value) =>
        (segment.IndexOf(value, StringComparison.Ordinal), value.Length, ValueSpelling.Plain);

    // The last one: marks of types may hold the words, too.
    private static (int At, int Length, ValueSpelling Spelling) Spelled(string segment, string json, string python)
    {
        var (plain, other) = (
            segment.LastIndexOf(json, StringComparison.Ordinal), segment.LastIndexOf(python, StringComparison.Ordinal));
        return plain > other ? (plain, json.Length, ValueSpelling.Json) : (other, python.Length, ValueSpelling.Python);
    }

    private CutValue? CutNested(ValueKinds kind, string middle, string quote)
    {
        var (key, value) = CallSamples.Of(kind);
        if (SegmentOf(key, value, middle) is not { } segment)
            return null;
        for (var at = 0; at < segment.Length; at++)
        {
            if (segment[at] != (kind == ValueKinds.Object ? '{' : '[')
                || ValueTextReader.Read(segment, at, quote) is not var (read, end) || !JsonElement.DeepEquals(read, value))
                continue;
            var spelling = quote.Length > 0 ? ValueSpelling.Quoted
                : ValueTextReader.IsJson(segment[at..end]) ? ValueSpelling.Json
                : ValueSpelling.Python;
            return new(kind, segment[..at], Keyed(segment[end..], key), spelling);
        }

        return null;
    }

    // What is behind the argument's name.
    private string? SegmentOf(string key, JsonElement value, string middle)
    {
        var start = $"{open}{CallSamples.Name}{middle}{key}";
        var turn = samples.Turn(CallSamples.Call(isOther: false, (key, value)));
        return turn?.IndexOf(start, StringComparison.Ordinal) is >= 0 and var at ? turn[(at + start.Length)..] : null;
    }

    private string? NextOf(string middle, CutValue text)
    {
        var start = $"{middle}{Sample.Key}{text.Before}{Sample.Value.GetString()}";
        var turn = samples.Turn(CallSamples.Call(isOther: false, Sample, CallSamples.Second));
        if (turn?.IndexOf(start, StringComparison.Ordinal) is not (>= 0 and var at))
            return null;
        at += start.Length;
        var key = turn.IndexOf(CallSamples.Second.Key, at, StringComparison.Ordinal);
        return key < 0 ? null : Keyed(turn[at..key], Sample.Key);
    }

    private bool IsSorted()
    {
        var integer = CallSamples.Of(ValueKinds.Integer);
        var turn = samples.Turn(CallSamples.Call(isOther: false, Sample, integer)) ?? "";
        return turn.IndexOf(integer.Key, StringComparison.Ordinal) is >= 0 and var at
            && at < turn.IndexOf(Sample.Key, StringComparison.Ordinal);
    }

    // Where a call has its number; -1 without one, null when the second call is written in another way.
    private static int? IndexIn(string middle, string? otherBehind)
    {
        if (otherBehind is null)
            return -1;
        var named = otherBehind.Replace(CallSamples.OtherId, CallSamples.Id, StringComparison.Ordinal);
        if (named.StartsWith(middle.Replace(CallSamples.Name, CallSamples.OtherName, StringComparison.Ordinal), StringComparison.Ordinal))
            return -1;
        var other = named[..Math.Min(middle.Length, named.Length)];
        var at = other.AsSpan().CommonPrefixLength(middle);
        return at < other.Length && char.IsAsciiDigit(other[at]) && char.IsAsciiDigit(middle[at])
            && other.AsSpan(at + 1).SequenceEqual(middle.AsSpan(at + 1)) ? at : null;
    }

    private static string Numbered(string text, int index) =>
        index >= 0 && index < text.Length && char.IsAsciiDigit(text[index]) ? text[..index] + MarkText.Index + text[(index + 1)..] : text;

    private static string? Behind(string start, string? text) =>
        text?.StartsWith(start, StringComparison.Ordinal) is true ? text[start.Length..] : null;

    private static string Keyed(string text, string key) => text.Replace(key, MarkText.Key.ToString(), StringComparison.Ordinal);

    private static string CommonStart(IEnumerable<string> texts) =>
        texts.Aggregate(static (a, b) => a[..a.AsSpan().CommonPrefixLength(b)]);

    private static string CommonEnd(string a, string b)
    {
        var length = 0;
        while (length < Math.Min(a.Length, b.Length) && a[^(length + 1)] == b[^(length + 1)])
            length++;
        return a[^length..];
    }

    private sealed record CutValue(ValueKinds Kind, string Before, string Tail, ValueSpelling Spelling);
}
