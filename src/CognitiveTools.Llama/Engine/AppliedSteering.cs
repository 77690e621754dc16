using CognitiveTools.Steering;

namespace CognitiveTools.Llama.Engine;

/// <summary>What is added to the residual stream of every row of a decode.</summary>
/// <param name="Vector">The directions, compared by identity.</param>
/// <param name="Strength">Their factor.</param>
internal readonly record struct AppliedSteering(ControlVector Vector, float Strength)
{
    /// <summary>What a plan adds to the rows of a step.</summary>
    /// <returns><see langword="null"/> when it adds nothing.</returns>
    internal static AppliedSteering? At(SteeringPlan? plan, int step) =>
        plan?.Schedule.At(step) is { } strength and not 0 ? new(plan.Vector, strength) : null;
}
