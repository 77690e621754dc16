using System.Text;
using CognitiveTools.Answers.Texts;

namespace CognitiveTools.Answers.Reading;

/// <summary>
/// Short plain texts: words, letters, yes or no, found as <see cref="AnswerSearch"/> says. White space is one space, case is
/// ignored, and Markdown, quotes, LaTeX that only sets type, the label of an option (<c>Option B</c>, <c>(B)</c>), a closing sentence
/// like "I hope it is correct.", a full stop and an exclamation mark behind a word are not part of it. An accent counts, in whichever
/// Unicode form it is written, and so does a prime (<c>A'</c>); everything else is compared as it is. The letter of an option is the
/// same answer as the letter with the option's text (<c>B) Paris</c>).
/// </summary>
internal sealed class TextAnswer : IAnswerKind, ICandidateReader
{
    private const string Wrapping = " \t*_`\"$";
    private static readonly string[] Commands = ["\\text", "\\textbf", "\\textit", "\\textrm", "\\texttt", "\\mathrm", "\\mathbf",
        "\\mathsf", "\\mathit", "\\operatorname", "\\mbox", "\\emph", "\\boxed", "\\fbox"];
    private static readonly string[] Closings = [". I ", ". I'm ", ". This ", ". That ", ". Let me ", ". Hope ", ". Please ", ". Thank",
        ". The final answer ", ". It "];

    private static readonly string[] Openings = ["the final answer is ", "the answer is ", "the correct answer is ", "final answer: ",
        "it is "];
    private static readonly (string Written, string Meant)[] Marks =
    [
        ("“", "\""), ("”", "\""), ("„", "\""), ("″", "''"), ("‘", "'"), ("’", "'"), ("ʼ", "'"), ("′", "'"), ("``", "''"),
        ("\\prime", "'"), ("^{'}", "'"), ("^{''}", "''"), ("^'", "'"),
    ];

    private static readonly string[] References = ["see above", "as above", "as shown above", "shown above", "above"];

    /// <inheritdoc/>
    public string Name => "text";

    /// <inheritdoc/>
    public int Version => 3;


    /// <inheritdoc/>
    public string? NormalizeGold(string gold) => Normalize(gold);

    /// <inheritdoc/>
    public bool Matches(string answer, string gold) =>
        Normalize(gold) is { } wanted && Normalize(answer) is { } given
        && (AreEqual(given, wanted) || AreEqual(OptionLabel.Before(given), wanted) || AreEqual(given, OptionLabel.Before(wanted)));

    /// <inheritdoc/>
    public bool Mentions(string text, string gold) =>
        Normalize(gold) is { } wanted && Words(Uniform(text)).Contains(wanted, StringComparison.OrdinalIgnoreCase);

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
    bool ICandidateReader.AreSame(string a, string b) => Matches(a, b);

    /// <inheritdoc/>
    bool ICandidateReader.MayBeCut(string text) => true;


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

    private static bool AreEqual(string? a, string? b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);

    private static string Words(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string? Normalize(string text)
    {
        var words = Words(Uniform(text));
        for (var before = ""; before != words;)
        {
            before = words;
            words = words.Trim(Wrapping.ToCharArray()).TrimEnd('.').Trim(Wrapping.ToCharArray());
            words = OptionLabel.Alone(Unset(WithoutShout(Unquoted(words))));
        }

        return words.Length == 0 ? null : words;
    }

    // One way to write accents, quotes and primes.
    private static string Uniform(string text)
    {
        var uniform = new StringBuilder(ComposedText.Of(text));
        foreach (var (written, meant) in Marks)
            uniform.Replace(written, meant);
        return uniform.ToString();
    }

    // Without quotes around it. A mark at the end that nothing opened is a prime.
    private static string Unquoted(string words) => words switch
    {
        ['\'', '\'', .. var quoted, '\'', '\''] => quoted, // as TeX sets quotes
        ['\'', .. var quoted, '\''] => quoted,
        ['\'', .. var opened] => opened,
        _ => words,
    };

    // "Yes!" is yes, "5!" and "n!" are factorials.
    private static string WithoutShout(string words)
    {
        var plain = words.TrimEnd('!', '！');
        return plain is [.., var before, var last] && char.IsLetter(last) && (char.IsLetter(before) || before == '\'') ? plain : words;
    }

    // Without the command or the brackets around all of it.
    private static string Unset(string words)
    {
        if (words.Length > 4 && (words.StartsWith("\\(", StringComparison.Ordinal) && words.EndsWith("\\)", StringComparison.Ordinal)
            || words.StartsWith("\\[", StringComparison.Ordinal) && words.EndsWith("\\]", StringComparison.Ordinal)))
            return words[2..^2];
        foreach (var command in Commands)
        {
            if (words.StartsWith(command + "{", StringComparison.Ordinal) && Braces.Closing(words, command.Length) == words.Length - 1)
                return words[(command.Length + 1)..^1];
        }

        return words;
    }
}
