namespace CognitiveTools.Calls;

/// <summary>Shortens text by leaving out its middle, with a note where the gap is.</summary>
internal static class TextCap
{
    /// <returns>The text unchanged when it fits; else its head and tail around a note, <paramref name="limit"/> characters plus the
    /// note.</returns>
    public static string HeadAndTail(string text, int limit)
    {
        if (text.Length <= limit)
            return text;
        var head = limit * 2 / 3;
        var tail = text.Length - (limit - head);
        // Never between the halves of a surrogate pair.
        if (char.IsLowSurrogate(text[head]))
            head--;
        if (char.IsLowSurrogate(text[tail]))
            tail++;
        return $"{text[..head]}\n[... {tail - head} characters left out ...]\n{text[tail..]}";
    }
}
