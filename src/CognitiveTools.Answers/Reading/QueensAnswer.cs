using CognitiveTools.Answers.Boards;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Answers.Reading;

/// <summary>
/// Boards of queens, row by row the column of the queen. The reference answer is the board that was asked, with points for missing queens;
/// every solution that keeps its queens is right. The last word of a text that is a board without points is its answer.
/// </summary>
internal sealed class QueensAnswer : IAnswerKind, ICountedAnswers
{
    private static readonly char[] Wrapping = [.. "`*_\"'.,;:!?()[]{}$"];

    /// <inheritdoc/>
    public string Name => "queens";

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public string? NormalizeGold(string gold) =>
        QueensBoard.Parse(gold) is { } board && board.Completions().Count > 0 ? board.ToString() : null;

    /// <inheritdoc/>
    public int? CountRight(string gold) => QueensBoard.Parse(gold)?.Completions().Count;

    /// <inheritdoc/>
    public bool Matches(string answer, string gold) =>
        QueensBoard.Parse(answer) is { } board && QueensBoard.Parse(gold) is { } given && board.Completes(given);

    /// <inheritdoc/>
    bool IAnswerReader.AreSame(string first, string second) => string.Equals(first, second, StringComparison.Ordinal);

    /// <inheritdoc/>
    public bool Mentions(string text, string gold) => Boards(text).Any(board => Matches(board.Text, gold));

    /// <inheritdoc/>
    public Extraction Extract(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (Boards(text).LastOrDefault() is not { Text: { } answer } found)
            return Extraction.Nothing;
        return new Extraction(answer, AnswerRule.LastNumber)
        {
            Span = (found.Start, answer.Length),
            TouchesEnd = found.Start + answer.Length == text.Length,
        };
    }

    private static IEnumerable<(string Text, int Start)> Boards(string text)
    {
        for (var start = 0; start < text.Length;)
        {
            var end = start;
            while (end < text.Length && !char.IsWhiteSpace(text[end]))
                end++;
            var word = text[start..end].TrimStart(Wrapping);
            var from = end - word.Length;
            word = word.TrimEnd(Wrapping);
            if (QueensBoard.Parse(word) is { } board && board.Columns.All(static column => column > 0))
                yield return (word, from);
            start = end + 1;
        }
    }
}
