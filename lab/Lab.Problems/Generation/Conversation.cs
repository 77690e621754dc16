namespace CognitiveTools.Lab.Problems.Generation;

/// <summary>One training conversation.</summary>
/// <param name="Format">What it teaches: one of <see cref="MiniFormats.Names"/>.</param>
/// <param name="Family">Family of the problem it is about.</param>
/// <param name="Steps">Dependent steps of that problem.</param>
/// <param name="Wording">Wording of that problem.</param>
/// <param name="Passages">What is said, in order.</param>
internal sealed record Conversation(string Format, string Family, int Steps, int Wording, IReadOnlyList<Passage> Passages)
{
    internal Conversation(string format, GeneratedProblem problem, IReadOnlyList<Passage> passages)
        : this(format, problem.Family, problem.Steps, problem.Wording, passages)
    {
    }
}
