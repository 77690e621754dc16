using CognitiveTools.Answers.Texts;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Answers.Reading;

/// <summary>
/// Integer answers, as AIME and GSM8K have them, found as <see cref="AnswerSearch"/> says; after that, only when asked, the
/// last number of the text. A number that is not whole is still read (and is then a wrong answer, not a missing one).
/// </summary>
/// <param name="lenient">Whether the last number of a text without any marker counts as its answer.</param>
internal sealed class IntegerAnswer(bool lenient = false) : IAnswerKind, ICandidateReader
{

    /// <inheritdoc/>
    public string Name => lenient ? "integer-lenient" : "integer";

    /// <inheritdoc/>
    public int Version => 5;


    /// <inheritdoc/>
    public string? NormalizeGold(string gold) => MathText.Plain(gold) is { } plain ? NumberText.Whole(plain) : null;

    /// <inheritdoc/>
    public bool Matches(string answer, string gold) =>
        NormalizeGold(gold) is { } normalized && string.Equals(NormalizeGold(answer), normalized, StringComparison.Ordinal);

    /// <inheritdoc/>
    public bool Mentions(string text, string gold) =>
        NormalizeGold(gold) is { } normalized && NumberText.All(MathText.Ascii(text)).Any(n => n.Value == normalized);

    /// <inheritdoc/>
    public Extraction Extract(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return AnswerSearch.Run(text, this) is var found && found.Answer is { } answer
            ? found with { OutsideAimeRange = !IsAimeAnswer(answer) }
            : found;
    }

    /// <inheritdoc/>
    string? ICandidateReader.Read(string candidate, CandidateSource source) => IntegerCandidate.Read(candidate, source);

    /// <inheritdoc/>
    bool IAnswerReader.AreSame(string first, string second) => NumberText.AreEqual(first, second);

    /// <inheritdoc/>
    bool ICandidateReader.AreSame(string a, string b) => NumberText.AreEqual(a, b);

    /// <inheritdoc/>
    bool ICandidateReader.MayBeCut(string text) => char.IsDigit(text[^1]) || text[^1] is ',' or '.' or '/';

    /// <inheritdoc/>
    (string Value, (int Start, int Length)? Span, bool AtEnd)? ICandidateReader.Unmarked(string text) => lenient
        ? Last(text, answer: null) : null;

    /// <inheritdoc/>
    (int Start, int Length)? ICandidateReader.Narrow(string candidate, string answer) => Last(candidate, answer)?.Span;

    private static bool IsAimeAnswer(string answer) => answer.Length <= 3 && !answer.AsSpan().ContainsAnyExceptInRange('0', '9');

    // The last number, or the last that has a value.
    private static (string Value, (int Start, int Length)? Span, bool AtEnd)? Last(string text, string? answer)
    {
        var ascii = MathText.Ascii(text);
        (string Value, (int Start, int Length)? Span, bool AtEnd)? last = null;
        foreach (var (value, start, end) in NumberText.All(ascii))
        {
            if (answer is null || value == answer)
                last = (value, ascii.Length == text.Length ? (start, end - start)
                    : null, end == ascii.Length); // indices move when characters vanish
        }

        return last;
    }
}
