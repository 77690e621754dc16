using CognitiveTools.Text;

namespace CognitiveTools.Evals.Reports;

/// <summary>The terms of the tables, for <c>--explain</c> and the report. README.md has the same list.</summary>
internal static class Glossary
{
    /// <summary>Term and meaning.</summary>
    public static IReadOnlyList<(string Term, string Meaning)> Entries { get; } =
    [
        ("position", "one row through the network, a token or an embedding; the unit of cost"),
        ("arm", "one way of thinking in a comparison: a reasoner with its settings and its model"),
        ("unit", "one arm on one problem, one sample; a run is a list of units"),
        ("control", "the same method with the part under test disabled; a method that works beats its control"),
        ("zeroed", "a control: every latent thought is replaced by zeros"),
        ("donor", "another problem whose thoughts (control transplanted) or tool outputs (isolation=shuffled) are used instead"),
        ("frontier", "in a graph search: the nodes that a step reaches first; a latent thought may hold all of them at once"),
        ("coverage@N", "the share of problems that at least one of N samples or trajectories solves"),
        ("Holm", "a correction of p values for the number of comparisons in the table"),
        ("embedding parity", "a check that feeding a token's embedding gives the logits of the token; latent arms need it"),
    ];

    /// <summary>The list as two columns, in lines of at most a number of characters.</summary>
    public static string ToText(int width) =>
        TextTable.Words([.. Entries.Select(static entry => (string[])[entry.Term, entry.Meaning])], width);
}
