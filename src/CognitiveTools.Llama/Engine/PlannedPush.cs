using CognitiveTools.Steering;

namespace CognitiveTools.Llama.Engine;

/// <summary>What a plan of steering adds to the rows of a step.</summary>
internal static class PlannedPush
{
    /// <returns><see langword="null"/> for nothing.</returns>
    public static Push? At(this SteeringPlan plan, int step) => plan.Schedule.At(step) is var strength and not 0 ? new(plan.Vector, strength) : null;
}
