namespace CognitiveTools.Lab.Problems.Generation;

/// <summary>A worked solution with a single slip in it.</summary>
/// <param name="Steps">The steps as a careless solver would write them.</param>
/// <param name="WrongStep">One-based number of the step with the slip.</param>
/// <param name="Answer">The wrong answer it leads to.</param>
internal sealed record FlawedSolution(IReadOnlyList<string> Steps, int WrongStep, int Answer);
