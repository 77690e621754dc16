using CognitiveTools.Answers.Texts;

namespace CognitiveTools.Answers.Reading;

/// <summary>
/// Short plain texts: words, letters, yes or no, found as <see cref="AnswerSearch"/> says. White space is one space, case is
/// ignored, and Markdown, quotes, LaTeX that only sets type, brackets around one letter, a closing sentence like "I hope it is
/// correct." and a full stop are not part of it; everything else is compared as it stands.
/// </summary>
public sealed class TextAnswer : IAnswerKind, ICandidateReader
{
    private const string Wrapping = " \t*_`\"'$“”‘’";
    private static readonly string[] Commands = ["\\text", "\\textbf", "\\textit", "\\textrm", "\\texttt", "\\mathrm", "\\mathbf",
        "\\mathit", "\\operatorname", "\\mbox", "\\emph", "\\boxed", "\\fbox"];
    private static readonly string[] Closings = [". I ", ". I'm ", ". This ", ". That ", ". Let me ", ". Hope ", ". Please ", ". Thank",
        ". The final answer ", ". It "];

    private static readonly string[] Openings = ["the final answer is ", "the answer is ", "the correct answer is ", "final answer: ",
        "it is "];
    private static readonly string[] References = ["see above", "as above", "as shown above", "shown above", "above"];

    /// <inheritdoc/>
    public string Name => "text";

    /// <inheritdoc/>
    public int Version => 2;

    /// <inheritdoc/>
    public string? Read(string text) => Extract(text).Answer;

    /// <inheritdoc/>
    public string? NormalizeGold(string gold) => Normalize(gold);

    /// <inheritdoc/>
    public bool Matches(string answer, string gold) =>
        Normalize(gold) is { } wanted && string.Equals(Normalize(answer), wanted, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public bool Mentions(string text, string gold) =>
        Normalize(gold) is { } wanted && Words(text).Contains(wanted, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public Extraction Extract(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return AnswerSearch.Run(text, this);
    }

    /// <inheritdoc/>
    string? ICandidateReader.Read(string candidate, CandidateSource source)
    {
        if (candidate.Length > MathText.LongestCandidate)
            return null;
        var inner = source is not CandidateSource.Box && AnswerBoxes.Last(candidate).Box is { } box ? box.Content : candidate;
        var end = Closings.Select(c => inner.IndexOf(c, StringComparison.Ordinal)).Where(i => i > 0).DefaultIfEmpty(inner.Length).Min();
        if (AnswerPlaceholder.Is(inner))
            return null;
        return source is CandidateSource.Box ? Normalize(inner) : Unannounced(CandidateText.Bare(inner[..end]));
    }

    /// <inheritdoc/>
    bool ICandidateReader.AreSame(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    bool ICandidateReader.MayBeCut(string text) => true;

    /// <inheritdoc/>
    (string Value, (int Start, int Length)? Span, bool AtEnd)? ICandidateReader.Unmarked(string text) => null;

    // Without "The final answer is"; of a sentence that begins with mathematics only that; nothing for "see above".
    private static string? Unannounced(string text)
    {
        foreach (var opening in Openings)
        {
            if (text.StartsWith(opening, StringComparison.OrdinalIgnoreCase))
                return Unannounced(CandidateText.Bare(text[opening.Length..]));
        }

        if (References.Contains(text, StringComparer.OrdinalIgnoreCase))
            return null;
        return Normalize(MathSpans.In(text) is [(0, _, var content), ..] ? content : text);
    }

    private static string Words(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string? Normalize(string text)
    {
        var words = Words(text);
        for (var before = ""; before != words;)
        {
            before = words;
            words = words.Trim(Wrapping.ToCharArray()).TrimEnd('.').Trim(Wrapping.ToCharArray());
            words = Unset(words);
        }

        return words.Length == 0 ? null : words;
    }

    // Without the command or the brackets around all of it.
    private static string Unset(string words)
    {
        if (words.Length > 4 && (words.StartsWith("\\(", StringComparison.Ordinal) && words.EndsWith("\\)", StringComparison.Ordinal)
            || words.StartsWith("\\[", StringComparison.Ordinal) && words.EndsWith("\\]", StringComparison.Ordinal)))
            return words[2..^2];
        if (words is ['(', var letter, ')'])
            return letter.ToString();
        if (words is [var option, ')'])
            return option.ToString();
        foreach (var command in Commands)
        {
            if (words.StartsWith(command + "{", StringComparison.Ordinal) && ClosingBrace(words, command.Length) == words.Length - 1)
                return words[(command.Length + 1)..^1];
        }

        return words;
    }

    private static int ClosingBrace(string text, int open)
    {
        var depth = 0;
        for (var i = open; i < text.Length; i++)
        {
            depth += text[i] switch { '{' => 1, '}' => -1, _ => 0 };
            if (depth == 0)
                return i;
        }

        return -1;
    }
}
