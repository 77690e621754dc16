namespace CognitiveTools.Steering;

/// <summary>What steers a generation, and when.</summary>
/// <param name="Vector">The directions.</param>
/// <param name="Schedule">The strengths.</param>
public sealed record SteeringPlan(ControlVector Vector, SteeringSchedule Schedule);
