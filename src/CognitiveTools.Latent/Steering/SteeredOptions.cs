using CognitiveTools.Reasoners;
using CognitiveTools.Steering;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Latent.Steering;

/// <summary>Options of a <see cref="SteeredReasoner"/>.</summary>
internal sealed record SteeredOptions
{
    /// <summary>The conversation for a question.</summary>
    public required Func<Question, IReadOnlyList<ChatMessage>> Prompt { get; init; }

    /// <summary>Vector and strengths.</summary>
    public required SteeringPlan Plan { get; init; }

    /// <summary>The control.</summary>
    /// <value>The default is none.</value>
    public SteeringControl Control { get; init; }

    /// <summary>Seed of random directions and random steps.</summary>
    /// <value>The default is 1.</value>
    public int Seed { get; init; } = 1;

    /// <summary>The number of steps that <see cref="SteeringControl.Timing"/> draws from; more than the plan steers.</summary>
    /// <value>The default is 16.</value>
    public int Window { get; init; } = 16;

    /// <summary>The text with which <see cref="SteeringControl.Prefix"/> makes the answer begin.</summary>
    public string Prefix { get; init; } = "";
}
