using System.Text.RegularExpressions;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Tools;

/// <summary>
/// What a tool's output must hold and must not reveal. Headings are compared without regard to case, Markdown marks and
/// numbering, because small models vary those freely.
/// </summary>
public sealed partial record OutputContract
{
    /// <summary>Anything goes.</summary>
    public static OutputContract None { get; } = new();

    /// <summary>Headings the output must have, each at the beginning of a line.</summary>
    public IReadOnlyList<string> Sections { get; init; } = [];

    /// <summary>The verdict line it must have, or <see langword="null"/>.</summary>
    public VerdictLine? Verdict { get; init; }

    /// <summary>Whether the output must not give a final answer.</summary>
    public bool MustNotAnswer { get; init; }

    /// <summary>Whether the tool can run nothing, so that a check it says it ran was not run.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool RunsNothing { get; init; } = true;

    /// <summary>The words in which an output claims to have executed something; <see langword="null"/> when it does not, or may.</summary>
    public string? UnexecutedClaim(string output)
    {
        ArgumentNullException.ThrowIfNull(output);
        return RunsNothing && Claims().Match(output) is { Success: true } claim ? claim.Value : null;
    }

    /// <summary>Checks an output.</summary>
    /// <returns>One line for each breach; empty when the contract is kept.</returns>
    public IReadOnlyList<string> Breaches(string output)
    {
        ArgumentNullException.ThrowIfNull(output);
        var breaches = new List<string>();
        var headings = output.Split('\n').Select(Heading).ToList();
        foreach (var section in Sections)
        {
            if (!headings.Any(h => StartsWithWord(h, section)))
                breaches.Add($"the section '{section}' is missing");
        }

        if (Verdict is { } verdict && ReadVerdict(output) is null)
            breaches.Add($"there is no line '{verdict.Label}: {string.Join('|', verdict.Values)}'");
        if (MustNotAnswer && (AnswerMarker.IndexOf(output) >= 0 || output.Contains(@"\boxed{", StringComparison.Ordinal)))
            breaches.Add("it gives a final answer, which it must not");
        return breaches;
    }

    /// <summary>The value of the output's last verdict line, or <see langword="null"/> when it has none.</summary>
    public string? ReadVerdict(string output)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (Verdict is not { } verdict)
            return null;
        foreach (var line in output.Split('\n').Reverse())
        {
            var heading = Heading(line);
            if (!StartsWithWord(heading, verdict.Label))
                continue;
            var value = heading[verdict.Label.Length..].Trim().Trim(':', '*', '_', '`', '.', ' ', '"');
            if (verdict.Values.FirstOrDefault(v => v.Equals(value, StringComparison.OrdinalIgnoreCase)) is { } known)
                return known;
        }

        return null;
    }

    // What models write when they pretend: the one published trace of the tools has "all test cases pass".
    [GeneratedRegex(
        @"\b(all (the |of the )?(test cases|tests|checks) (pass|passed|succeed|succeeded)"
            + @"|(I|we) (have |'ve )?(ran|run|executed|simulated|tested) (it|this|the (code|program|script|calculation|test)s?)"
            + @"|(after|upon|by) (running|executing) (the|this|a|my) (code|program|script|simulation)"
            + @"|(the )?(code|program|script) (outputs|output|printed|prints|returns|returned|confirms)|execution output)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Claims();

    // "  **2) Check:**" and "### 2. check" both become "check...".
    private static string Heading(string line) =>
        line.TrimStart(' ', '\t', '*', '_', '#', '-', '>', '`', '.', ')', '(', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9');

    private static bool StartsWithWord(string text, string word) =>
        text.StartsWith(word, StringComparison.OrdinalIgnoreCase)
            && (text.Length == word.Length || !char.IsLetterOrDigit(text[word.Length]));
}
