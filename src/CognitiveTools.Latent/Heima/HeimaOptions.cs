using CognitiveTools.Latent.Controls;
using CognitiveTools.Reasoners;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Latent.Heima;

/// <summary>Options of a <see cref="HeimaReasoner"/>.</summary>
internal sealed record HeimaOptions
{
    /// <summary>The conversation for a question.</summary>
    public required Func<Question, IReadOnlyList<ChatMessage>> Prompt { get; init; }

    /// <summary>The interpreter's conversation for a question.</summary>
    public required Func<Question, IReadOnlyList<ChatMessage>> Interpreter { get; init; }

    /// <summary>The thinking tokens; each is written once at most.</summary>
    public required IReadOnlyList<int> Tokens { get; init; }

    /// <summary>What each thought is read from, in this order.</summary>
    /// <value>The default is nothing: thoughts are not read.</value>
    public IReadOnlyList<HeimaState> Readings { get; init; } = [];

    /// <summary>Questions whose states are those of <see cref="HeimaState.Other"/>, which needs them.</summary>
    public DonorQuestions? Donors { get; init; }
}
