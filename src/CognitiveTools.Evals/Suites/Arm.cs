using System.Text.Json.Serialization;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Evals.Suites;

/// <summary>One way of thinking in a comparison.</summary>
/// <param name="Name">Name in the log and the tables; unique within its suite.</param>
/// <param name="Reasoner">The reasoner and its settings; a run's header stores the short form.</param>
/// <param name="ControlOf">The arm this one is a control of; <see langword="null"/> for an arm of its own.</param>
/// <param name="Model">The model it thinks with, as the host knows it; <see langword="null"/> for the suite's.</param>
public sealed record Arm(
    string Name,
    [property: JsonConverter(typeof(ReasonerSpecConverter))] ReasonerSpec Reasoner,
    string? ControlOf = null,
    string? Model = null)
{
    /// <summary>Whether the arm is left out, with a message, where it asks a model to think that cannot.</summary>
    [JsonIgnore]
    internal bool IsOptional { get; init; }
}
