using System.Buffers;
using System.Globalization;
using System.Text;

namespace CognitiveTools.Llama.Templates.Values;

/// <summary>Python's rules for characters and cases.</summary>
internal static class PythonStrings
{
    private static readonly SearchValues<char> SmallWithoutOneCapital = SearchValues.Create("ŉǰΐΰևẖẗẘẙẚﬀﬁﬂﬃﬄﬅﬆﬓﬔﬕﬖﬗ");

    public static bool IsSpace(char character) => char.IsWhiteSpace(character) || character is >= '\u001c' and <= '\u001f';

    /// <summary>Without the characters of a set at its ends; <see langword="null"/> for white space.</summary>
    public static TemplateText Strip(TemplateText text, string? set, bool left = true, bool right = true)
    {
        var (start, end) = (0, text.Value.Length);
        while (left && start < end && Matches(start, 1) is > 0 and var width)
            start += width;
        while (right && end > start && Matches(end, -1) is > 0 and var width)
            end -= width;
        return text.Slice(start, end);

        int Matches(int at, int direction)
        {
            if (set is null)
                return IsSpace(text.Value[direction > 0 ? at : at - 1]) ? 1 : 0;
            if (direction < 0)
                at -= at >= 2 && char.IsSurrogatePair(text.Value[at - 2], text.Value[at - 1]) ? 2 : 1;
            var width = text.WidthAt(at);
            return set.Contains(text.Value.Substring(at, width), StringComparison.Ordinal) ? width : 0;
        }
    }

    public static TemplateText Upper(RenderContext context, TemplateText text) => Map(context, text, static (value, _) =>
    {
        if (value.AsSpan().IndexOfAny(SmallWithoutOneCapital) >= 0 || value.Any(static c => c is >= '\u1f50' and <= '\u1fff'))
            throw TemplateException.Unsupported("capitals of ligatures and rare Greek letters");
        return value.ToUpperInvariant().Replace("ß", "SS", StringComparison.Ordinal)
            .Replace('ı', 'I').Replace('ſ', 'S'); // .NET leaves these two, because their capitals are ASCII
    });

    public static TemplateText Lower(RenderContext context, TemplateText text) => Map(context, text, (value, start) =>
    {
        var lower = value.ToLowerInvariant().Replace("İ", "i\u0307", StringComparison.Ordinal);
        if (!value.Contains('Σ', StringComparison.Ordinal))
            return lower;
        var letters = lower.ToCharArray();
        for (var i = 0; i < letters.Length; i++)
        {
            var at = start + i;
            if (value[i] == 'Σ' && at > 0 && char.IsLetter(text.Value[at - 1])
                && (at + 1 >= text.Value.Length || !char.IsLetter(text.Value[at + 1])))
                letters[i] = 'ς';
        }

        return new(letters);
    });

    /// <summary>The first character in its form at the beginning of a title, the others small.</summary>
    public static TemplateText Capitalize(RenderContext context, TemplateText text) => Capitalize(context, text, PythonTitles.First);

    /// <summary>Python's <c>title</c>: a letter that follows no other is in its form at the beginning of a title.</summary>
    public static TemplateText Title(RenderContext context, TemplateText text)
    {
        var builder = new TextBuilder(context);
        var start = 0;
        var isBehindLetter = true; // nothing is before the first character
        for (var at = 0; at < text.Value.Length; at += text.WidthAt(at))
        {
            var isLetter = PythonTitles.IsCased(text.Value, at);
            if (isLetter && !isBehindLetter)
            {
                builder.Append(Capitalize(context, text.Slice(start, at)));
                start = at;
            }

            isBehindLetter = isLetter;
        }

        return builder.Append(Capitalize(context, text.Slice(start, text.Value.Length))).ToText();
    }

    /// <summary>Jinja's filter <c>title</c>: the first character of every word as a capital.</summary>
    public static TemplateText CapitalizeWords(RenderContext context, TemplateText text)
    {
        var builder = new TextBuilder(context);
        var start = 0;
        for (var i = 1; i <= text.Value.Length; i++)
        {
            if (i < text.Value.Length && !(IsSpace(text.Value[i - 1]) || text.Value[i - 1] is '-' or '(' or '{' or '[' or '<'))
                continue;
            builder.Append(Capitalize(context, text.Slice(start, i), Upper));
            start = i;
        }

        return builder.ToText();
    }

    private static TemplateText Capitalize(
        RenderContext context, TemplateText text, Func<RenderContext, TemplateText, TemplateText> mapFirst)
    {
        var first = text.Slice(0, text.IndexOf(1));
        var small = Lower(context, text); // as a whole, because a sigma depends on the letter before it
        return TextBuilder.Join(
            context, mapFirst(context, first), small.Slice(Lower(context, first).Value.Length, small.Value.Length));
    }

    /// <summary>Whether all letters that have a case have this one, and there is such a letter.</summary>
    public static bool HasCase(string text, bool upper)
    {
        var found = false;
        foreach (var rune in text.EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            if (category == (upper ? UnicodeCategory.LowercaseLetter : UnicodeCategory.UppercaseLetter)
                || category == UnicodeCategory.TitlecaseLetter)
                return false;
            found |= category == (upper ? UnicodeCategory.UppercaseLetter : UnicodeCategory.LowercaseLetter);
        }

        return found;
    }

    /// <summary>Replaces parts from the left. What replaces a part of the conversation counts as conversation.</summary>
    public static TemplateText Replace(RenderContext context, TemplateText text, TemplateText old, TemplateText by, int most)
    {
        context.Charge(text.Value.Length);
        var builder = new TextBuilder(context);
        var at = 0;
        for (; most != 0; most--)
        {
            var found = text.Value.IndexOf(old.Value, at, StringComparison.Ordinal);
            if (found < 0)
                break;
            var (start, end) = (found, found + old.Value.Length);
            builder.Append(text.Slice(at, found));
            if (text.Slice(start, end).IsOwn)
                builder.Append(by);
            else
                builder.Append(by.Value, isContent: true);
            at = found + old.Value.Length;
            if (old.Value.Length > 0)
                continue;
            if (at >= text.Value.Length)
                break;
            builder.Append(text.Slice(at, at + text.WidthAt(at)));
            at += text.WidthAt(at);
        }

        return builder.Append(text.Slice(at, text.Value.Length)).ToText();
    }

    internal static TemplateText Map(RenderContext context, TemplateText text, Func<string, int, string> map)
    {
        var builder = new TextBuilder(context);
        foreach (var (start, end, isContent) in text.Spans())
            builder.Append(map(text.Value[start..end], start), isContent);
        return builder.ToText();
    }
}
