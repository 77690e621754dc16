using CognitiveTools.Evals.Runs;

namespace CognitiveTools.Evals.Grading;

/// <summary>A run judged again.</summary>
/// <param name="Run">The run with its new verdicts; its directory is still the old one's.</param>
/// <param name="Changes">The units whose verdict or answer changed.</param>
internal sealed record Regrading(RunResult Run, IReadOnlyList<RegradedUnit> Changes);

/// <summary>A unit whose verdict or answer changed.</summary>
/// <param name="Before">As the run has it.</param>
/// <param name="After">As it is judged now.</param>
internal sealed record RegradedUnit(UnitRecord Before, UnitRecord After);
