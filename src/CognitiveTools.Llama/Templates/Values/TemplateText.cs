namespace CognitiveTools.Llama.Templates.Values;

/// <summary>
/// A string of a template that knows which of its characters came from the conversation. Every operation keeps that, so a
/// rendered text tells the template's own marks from equal texts inside a message. Immutable.
/// </summary>
internal sealed class TemplateText : IEquatable<TemplateText>
{
    private static readonly (int Start, int End)[] Nothing = [];

    private readonly (int Start, int End)[] _contents; // sorted, apart, in UTF-16 units
    private int _length = -1;

    internal TemplateText(string value, (int Start, int End)[] contents, bool isSafe = false) =>
        (Value, _contents, IsSafe) = (value, contents, isSafe);

    public static TemplateText Empty { get; } = Own("");

    /// <summary>A text that the template itself wrote.</summary>
    public static TemplateText Own(string value) => new(value, Nothing);

    /// <summary>A text of the conversation.</summary>
    public static TemplateText Content(string value) => new(value, value.Length > 0 ? [(0, value.Length)] : Nothing);

    public string Value { get; }

    /// <summary>Whether the filter <c>safe</c> marked it; Python's addition escapes what is added to such a text.</summary>
    public bool IsSafe { get; }

    /// <summary>Whether nothing of it came from the conversation.</summary>
    public bool IsOwn => _contents.Length == 0;

    /// <summary>Length in code points, as Python counts.</summary>
    public int Length => _length >= 0 ? _length : _length = CountCodePoints();

    public TemplateText AsSafe(bool safe = true) => IsSafe == safe ? this : new(Value, _contents, safe);

    /// <summary>A part, by UTF-16 indexes.</summary>
    public TemplateText Slice(int start, int end)
    {
        if (start <= 0 && end >= Value.Length)
            return IsSafe ? AsSafe(false) : this;
        if (start >= end)
            return Empty;
        return new(Value[start..end], Clip(start, end));
    }

    /// <summary>The parts in order, each wholly from the template or wholly from the conversation.</summary>
    public IEnumerable<(int Start, int End, bool IsContent)> Spans()
    {
        var at = 0;
        foreach (var (start, end) in _contents)
        {
            if (start > at)
                yield return (at, start, false);
            yield return (start, end, true);
            at = end;
        }

        if (at < Value.Length)
            yield return (at, Value.Length, false);
    }

    /// <summary>The code points, each as a text.</summary>
    public List<object?> Characters()
    {
        var found = new List<object?>(Length);
        for (var at = 0; at < Value.Length;)
        {
            var next = at + WidthAt(at);
            found.Add(Slice(at, next).AsSafe(false));
            at = next;
        }

        return found;
    }

    /// <summary>The UTF-16 index of a code point; the length when there are fewer.</summary>
    public int IndexOf(int codePoint)
    {
        if (Length == Value.Length)
            return Math.Min(codePoint, Value.Length);
        var at = 0;
        for (; codePoint > 0 && at < Value.Length; codePoint--)
            at += WidthAt(at);
        return at;
    }

    /// <summary>The number of code points before a UTF-16 index.</summary>
    public int CodePointsBefore(int index) => Length == Value.Length ? index : Slice(0, index).Length;

    public bool Equals(TemplateText? other) => other is not null && string.Equals(Value, other.Value, StringComparison.Ordinal);

    public override bool Equals(object? obj) => Equals(obj as TemplateText);

    public override int GetHashCode() => Value.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Value;

    /// <summary>Order by code points, as Python has it.</summary>
    public static int Compare(string left, string right)
    {
        var common = Math.Min(left.Length, right.Length);
        for (var i = 0; i < common; i++)
        {
            var (a, b) = (left[i], right[i]);
            if (a != b)
                return char.IsSurrogate(a) != char.IsSurrogate(b) ? (char.IsSurrogate(a) ? 1 : -1) : a.CompareTo(b);
        }

        return left.Length.CompareTo(right.Length);
    }

    internal int WidthAt(int index) =>
        char.IsHighSurrogate(Value[index]) && index + 1 < Value.Length && char.IsLowSurrogate(Value[index + 1]) ? 2 : 1;

    private (int Start, int End)[] Clip(int start, int end)
    {
        if (_contents.Length == 0)
            return Nothing;
        if (_contents.Length == 1)
        {
            var (from, to) = (Math.Max(_contents[0].Start, start), Math.Min(_contents[0].End, end));
            return from < to ? [(from - start, to - start)] : Nothing;
        }

        return [.. _contents.Where(c => c.End > start && c.Start < end)
            .Select(c => (Math.Max(c.Start, start) - start, Math.Min(c.End, end) - start))];
    }

    private int CountCodePoints()
    {
        var count = 0;
        for (var at = 0; at < Value.Length; at += WidthAt(at))
            count++;
        return count;
    }
}
