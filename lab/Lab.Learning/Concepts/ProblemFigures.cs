namespace CognitiveTools.Lab.Learning.Concepts;

/// <summary>What became of one problem.</summary>
/// <param name="Steps">Its dependent steps.</param>
/// <param name="IsRight">Whether the last line is the right answer.</param>
/// <param name="IsEnded">Whether the last line is an answer.</param>
/// <param name="Lines">Lines written.</param>
/// <param name="Invalid">Those that cannot be read, or whose arithmetic is wrong.</param>
/// <param name="Positions">Positions of all networks.</param>
/// <param name="Multiplications">Multiplications with weights.</param>
internal sealed record ProblemFigures(
    int Steps, bool IsRight, bool IsEnded, int Lines, int Invalid, long Positions, long Multiplications);
