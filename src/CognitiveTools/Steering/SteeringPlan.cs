namespace CognitiveTools.Steering;

/// <summary>The directions and strengths that steer a generation.</summary>
/// <param name="Vector">The directions.</param>
/// <param name="Schedule">The strengths.</param>
internal sealed record SteeringPlan(ControlVector Vector, SteeringSchedule Schedule);
