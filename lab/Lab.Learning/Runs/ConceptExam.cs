using System.Text.Json.Nodes;
using CognitiveTools.Lab.Learning.Concepts;
using CognitiveTools.Lab.Learning.Data;
using CognitiveTools.Lab.Learning.Networks;

namespace CognitiveTools.Lab.Learning.Runs;

/// <summary>
/// The share of held-out problems whose last line is the right answer: <c>right</c>, and <c>read_again</c> when lines are read again on
/// the way.
/// </summary>
/// <param name="parts">The concept model's parts.</param>
/// <param name="problems">The problems.</param>
internal sealed class ConceptExam(ConceptParts parts, LinedProblem[] problems) : IExam<ConceptModel>
{
    /// <inheritdoc/>
    public void Examine(JsonObject report, ConceptModel network)
    {
        report["right"] = Share(parts.Solver("own", reads: false));
        report["read_again"] = Share(parts.Solver("read again", reads: true));
    }

    private double Share(ConceptSolver solver)
    {
        var right = solver.Solve(problems).Zip(problems).Count(static pair => pair.First.IsRight(pair.Second));
        return Math.Round((double)right / problems.Length, 3);
    }
}
