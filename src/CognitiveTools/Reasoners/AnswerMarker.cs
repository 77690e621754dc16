namespace CognitiveTools.Reasoners;

/// <summary>The line by which a model gives its final answer: <c>ANSWER: ...</c>. What a line of that kind is, <c>AnswerLines</c>
/// says.</summary>
internal static class AnswerMarker
{
    /// <summary>The marker as prompts show it.</summary>
    public const string Text = "ANSWER:";

    /// <summary>
    /// Finds the first line that gives a final answer as the prompts ask for it: <c>ANSWER:</c> in capitals at the line's
    /// beginning, after marks that say nothing and the word <c>FINAL</c>, with something behind it that is not the prompts'
    /// placeholder.
    /// </summary>
    /// <returns>The index of the line's first character, or -1.</returns>
    public static int IndexOf(string text) => First(text, asPrompted: true);

    /// <summary>As <see cref="IndexOf"/>, in whatever case, language or wording the label is written.</summary>
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
