namespace CognitiveTools.Evals.Suites;

/// <summary>
/// An accuracy that others measured and published for a way of thinking. Tables show it beside what a run measured; it decides nothing.
/// </summary>
/// <param name="Arm">The suite's arm that thinks in the same way.</param>
/// <param name="Set">The problems it was measured on, for instance <c>AIME 2024</c>.</param>
/// <param name="Model">The model it was measured with.</param>
/// <param name="Accuracy">The accuracy, between 0 and 1.</param>
/// <param name="Error">The error that the source gives, as a share too; <see langword="null"/> when it gives none.</param>
/// <param name="Source">Where it was published, and what the error is.</param>
internal sealed record PublishedFigure(string Arm, string Set, string Model, double Accuracy, double? Error, string Source);
