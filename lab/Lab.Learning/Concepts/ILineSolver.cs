using CognitiveTools.Lab.Learning.Data;

namespace CognitiveTools.Lab.Learning.Concepts;

/// <summary>Writes solutions line by line.</summary>
internal interface ILineSolver
{
    /// <summary>Name of the arm.</summary>
    string Name { get; }

    /// <summary>Parameters of all networks that take part.</summary>
    long Parameters { get; }

    /// <summary>Solves problems.</summary>
    /// <returns>For each problem what was written, and what it cost.</returns>
    IReadOnlyList<LinedAnswer> Solve(IReadOnlyList<LinedProblem> problems);
}
