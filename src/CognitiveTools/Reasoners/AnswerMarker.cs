namespace CognitiveTools.Reasoners;

/// <summary>
/// Finds the line with a model's final answer, <c>ANSWER: ...</c>, by the rules of <see cref="AnswerLines"/>.
/// </summary>
internal static class AnswerMarker
{
    /// <summary>The marker as prompts show it.</summary>
    public const string Text = "ANSWER:";

    /// <summary>
    /// Finds the first line with a final answer in the format of the prompts: <c>ANSWER:</c> in capitals at the line's beginning,
    /// possibly after marks without meaning and the word <c>FINAL</c>, followed by more than the prompts' placeholder.
    /// </summary>
    /// <returns>The index of the line's first character, or -1.</returns>
    public static int IndexOf(string text) => First(text, asPrompted: true);

    /// <summary>As <see cref="IndexOf"/>, for labels in any case, language or wording.</summary>
    /// <returns>The index of the line's first character, or -1.</returns>
    public static int IndexOfAny(string text) => First(text, asPrompted: false);

    private static int First(string text, bool asPrompted)
    {
        ArgumentNullException.ThrowIfNull(text);
        foreach (var line in AnswerLines.Find(text))
        {
            if ((line.AsPrompted || !asPrompted) && AnswerLines.SaysSomething(text, line))
                return line.Start;
        }

        return -1;
    }
}
