namespace CognitiveTools.Lab.Training.Probes;

/// <summary>How well an interpreter writes a stage of a solution out.</summary>
/// <param name="Stage">Name of the stage.</param>
/// <param name="State">What it got in the place of the thinking token: <c>own</c>, <c>none</c> or <c>other</c>.</param>
/// <param name="Texts">Texts that it wrote.</param>
/// <param name="Exact">Of these, texts that are the worked ones letter by letter.</param>
/// <param name="Values">Values of the worked texts: of a restated question its numbers, of arithmetic the results.</param>
/// <param name="RightValues">Of these, values that stand at the same place in the text written.</param>
internal sealed record InterpretRow(string Stage, string State, int Texts, int Exact, int Values, int RightValues);
