using CognitiveTools.Steering;

namespace CognitiveTools.Llama.Engine;

/// <summary>What is added to the residual stream of every row of a decode.</summary>
/// <param name="Vector">The directions, compared by identity.</param>
/// <param name="Strength">Their factor.</param>
internal readonly record struct Push(ControlVector Vector, float Strength);
