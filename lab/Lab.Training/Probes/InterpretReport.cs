namespace CognitiveTools.Lab.Training.Probes;

/// <summary>What <see cref="InterpretProbe"/> found.</summary>
/// <param name="Problems">Problems solved.</param>
/// <param name="Answered">Of these, problems with the right answer.</param>
/// <param name="Rows">A row for each stage and state.</param>
internal sealed record InterpretReport(int Problems, int Answered, IReadOnlyList<InterpretRow> Rows);
