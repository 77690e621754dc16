namespace CognitiveTools.Llama.Steering;

/// <summary>What steers a generation, and when.</summary>
/// <param name="Vector">The directions.</param>
/// <param name="Schedule">The strengths.</param>
public sealed record SteeringPlan(ControlVector Vector, SteeringSchedule Schedule)
{
    /// <summary>What to add at a step; <see langword="null"/> for nothing.</summary>
    internal Push? At(int step) => Schedule.At(step) is var strength and not 0 ? new(Vector, strength) : null;
}
