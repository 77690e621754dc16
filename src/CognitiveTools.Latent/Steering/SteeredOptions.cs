using CognitiveTools.Reasoners;
using CognitiveTools.Steering;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Latent.Steering;

/// <summary>How a <see cref="SteeredReasoner"/> asks and steers.</summary>
public sealed record SteeredOptions
{
    /// <summary>The conversation put to the model for a question.</summary>
    public required Func<Question, IReadOnlyList<ChatMessage>> Prompt { get; init; }

    /// <summary>Vector and strengths.</summary>
    public required SteeringPlan Plan { get; init; }

    /// <summary>The control.</summary>
    /// <value>The default is none.</value>
    public SteeringControl Control { get; init; }

    /// <summary>Seed of random directions and random steps.</summary>
    /// <value>The default is 1.</value>
    public int Seed { get; init; } = 1;

    /// <summary>Steps that <see cref="SteeringControl.Timing"/> draws from; more than the plan steers.</summary>
    /// <value>The default is 16.</value>
    public int Window { get; init; } = 16;

    /// <summary>Text that <see cref="SteeringControl.Prefix"/> lets the answer begin with.</summary>
    public string Prefix { get; init; } = "";
}
