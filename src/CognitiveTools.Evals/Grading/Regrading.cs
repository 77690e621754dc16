using CognitiveTools.Evals.Runs;

namespace CognitiveTools.Evals.Grading;

/// <summary>A run judged again, with its new verdicts and the old directory, and the units whose verdict or answer changed.</summary>
internal sealed record Regrading(RunResult Run, IReadOnlyList<RegradedUnit> Changes);

/// <summary>A unit whose verdict or answer changed.</summary>
internal sealed record RegradedUnit(UnitRecord Before, UnitRecord After);
