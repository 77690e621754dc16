namespace CognitiveTools.Evals.Progress;

/// <summary>Progress of one arm; finished units include those of earlier sessions.</summary>
internal sealed record ArmProgress(string Arm, int Finished, int Planned, int Correct, int Truncated, int Errors);
