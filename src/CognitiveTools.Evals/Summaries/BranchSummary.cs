using System.Text.Json.Serialization;
using CognitiveTools.Answers.Scoring;
using CognitiveTools.Evals.Runs;

namespace CognitiveTools.Evals.Summaries;

/// <summary>What an arm that chooses among several solves of a question (a vote, latent width) found and what it chose.</summary>
/// <param name="Arm">The arm.</param>
/// <param name="Branches">Mean number of solves chosen from.</param>
/// <param name="Coverage">Share of units in which any of them is right (coverage@N).</param>
/// <param name="Selected">Share of units in which the chosen one is right (selected@N).</param>
/// <param name="Mean">Share of right ones among all of them: what choosing at random would give.</param>
internal sealed record BranchSummary(
    string Arm, [property: JsonPropertyName("n")] double Branches, double Coverage, double Selected, double Mean)
{
    /// <summary>The arms of a run that have branches, in order.</summary>
    internal static IReadOnlyList<BranchSummary> Of(RunResult run) =>
    [
        .. from arm in run.Header.Suite.Arms
           let units = run.Units.Where(u => u.Arm == arm.Name && u.Branches > 0).ToArray()
           where units.Length > 0
           select new BranchSummary(
               arm.Name,
               units.Average(u => u.Branches),
               units.Average(u => u.BranchesCorrect > 0 ? 1.0 : 0),
               units.Average(u => u.Status == SampleStatus.Correct ? 1.0 : 0),
               units.Average(u => (double)u.BranchesCorrect / u.Branches)),
    ];
}
