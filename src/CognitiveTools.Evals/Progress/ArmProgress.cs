namespace CognitiveTools.Evals.Progress;

/// <summary>Where one arm stands.</summary>
/// <param name="Arm">The arm's name.</param>
/// <param name="Finished">Finished units, those of earlier sessions included.</param>
/// <param name="Planned">Units in all.</param>
/// <param name="Correct">Correct units.</param>
/// <param name="Truncated">Units that a limit cut before an answer.</param>
/// <param name="Errors">Units that failed.</param>
internal sealed record ArmProgress(string Arm, int Finished, int Planned, int Correct, int Truncated, int Errors);
