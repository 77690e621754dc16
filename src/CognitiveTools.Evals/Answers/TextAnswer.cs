namespace CognitiveTools.Evals.Answers;

/// <summary>
/// Short plain texts: words, letters, yes or no, found as <see cref="AnswerSearch"/> says. White space is one space, case is
/// ignored, and Markdown, quotes and a full stop around the answer are not part of it; everything else is compared as it
/// stands.
/// </summary>
public sealed class TextAnswer : IAnswerKind, ICandidateReader
{
    private const string Wrapping = " \t*_`\"'$“”‘’";

    /// <inheritdoc/>
    public string Name => "text";

    /// <inheritdoc/>
    public int Version => 1;

    /// <inheritdoc/>
    public string? Read(string text) => Extract(text).Answer;

    /// <inheritdoc/>
    public string? NormalizeGold(string gold) => Normalize(gold);

    /// <inheritdoc/>
    public bool Matches(string answer, string gold) =>
        Normalize(gold) is { } wanted && string.Equals(Normalize(answer), wanted, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public bool Mentions(string text, string gold) =>
        Normalize(gold) is { } wanted && Normalize(text)?.Contains(wanted, StringComparison.OrdinalIgnoreCase) == true;

    /// <inheritdoc/>
    public Extraction Extract(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return AnswerSearch.Run(text, this);
    }

    /// <inheritdoc/>
    string? ICandidateReader.Read(string candidate, CandidateSource source) => Normalize(candidate);

    /// <inheritdoc/>
    bool ICandidateReader.AreSame(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    bool ICandidateReader.MayBeCut(string text) => true;

    /// <inheritdoc/>
    (string Value, (int Start, int Length)? Span, bool AtEnd)? ICandidateReader.Unmarked(string text) => null;

    private static string? Normalize(string text)
    {
        var words = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Trim(Wrapping.ToCharArray());
        words = words.TrimEnd('.').Trim(Wrapping.ToCharArray());
        return words.Length == 0 ? null : words;
    }
}
