using CognitiveTools.Chat;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Llama.Thoughts;

/// <summary>What a request asks of the model's thoughts; it travels to a worker as JSON.</summary>
internal sealed record ThoughtRequest
{
    /// <summary>How much to think; <see langword="null"/>: as the model does by itself.</summary>
    public ReasoningEffort? Effort { get; init; }

    /// <summary>Thought tokens after which the engine ends the thought; <see langword="null"/>: no limit.</summary>
    public int? Tokens { get; init; }

    /// <summary>How often "Wait" replaces the end of a thought.</summary>
    public int Waits { get; init; }

    /// <summary>Thought tokens after which the text is cut; <see langword="null"/>: no limit but that of the whole.</summary>
    public int? MostTokens { get; init; }

    /// <summary>Tokens at most of the visible text; <see langword="null"/>: no limit but that of the whole.</summary>
    public int? AnswerTokens { get; init; }

    /// <summary>
    /// Whether a grammar binds all of the visible text: no mark is then a part of it, and the turn does not end within a thought.
    /// </summary>
    internal bool MustAnswer { get; init; }

    /// <summary>Whether something is asked that a model without a thought format cannot do.</summary>
    public bool NeedsFormat => Effort is not null || Tokens is not null || Waits > 0;

    /// <exception cref="ArgumentException">A value is out of range or of the wrong type.</exception>
    internal static ThoughtRequest Read(ChatOptions? options) => new()
    {
        Effort = options?.Reasoning?.Effort,
        Tokens = ChatOptionValues.Whole(options, ChatOptionKeys.ThoughtTokens, 0),
        Waits = ChatOptionValues.Whole(options, ChatOptionKeys.ThoughtWaits, 0) ?? 0,
        MostTokens = ChatOptionValues.Whole(options, ChatOptionKeys.MostThoughtTokens, 0),
        AnswerTokens = ChatOptionValues.Whole(options, ChatOptionKeys.AnswerTokens, 1),
    };
}
