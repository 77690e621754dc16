using System.Text.Json.Serialization;
using CognitiveTools.Latents;
using CognitiveTools.Llama.Sampling;
using CognitiveTools.Llama.Thoughts;
using CognitiveTools.Steering;

namespace CognitiveTools.Llama.Engine;

/// <summary>How a text is generated.</summary>
internal sealed record GenerationOptions
{
    /// <summary>Tokens at most; <see langword="null"/>: until the context is full.</summary>
    public int? MaxTokens { get; init; }

    /// <summary>How tokens are chosen.</summary>
    public SamplingOptions Sampling { get; init; } = SamplingOptions.Greedy;

    /// <summary>Texts at which generation ends; they are not part of the result.</summary>
    public IReadOnlyList<string> StopSequences { get; init; } = [];

    /// <summary>Texts of the visible text with which a call of a function begins; from there on stop sequences mean nothing.</summary>
    internal IReadOnlyList<string> CallMarks { get; init; } = [];

    /// <summary>Whether the result has the margin of each token's prediction (<see cref="TokenMargin"/>).</summary>
    /// <value><see langword="false"/>.</value>
    public bool Margins { get; init; }

    /// <summary>
    /// Directions added to the residual stream while this text is generated. Other sequences of the engine are not
    /// affected: all rows of a decode are steered the same way, and steered positions are never reused for other prompts.
    /// A text that continues from a sequence's last prediction begins with step 1 of the schedule.
    /// </summary>
    /// <value><see langword="null"/>: no adapter.</value>
    public SteeringPlan? Steering { get; init; }

    /// <summary>The options of the latent contract as engine options.</summary>
    internal static GenerationOptions Of(ContinuationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new()
        {
            MaxTokens = options.MaxTokens,
            StopSequences = options.StopSequences,
            Margins = options.Margins,
            Sampling = new() { Temperature = options.Temperature, Seed = options.Seed },
            TextObserver = options.TextObserver,
            Turn = options.Turn,
            Thinking = options.Turn is null ? null : new(),
        };
    }

    /// <summary>What is asked of the thoughts; <see langword="null"/>: thoughts are not told from the visible text.</summary>
    [JsonInclude]
    internal ThoughtRequest? Thinking { get; init; }

    /// <summary>Receives the text as it becomes certain, on a thread of its own; a stream of the engine ignores it.</summary>
    internal IProgress<ContinuationPiece>? TextObserver { get; init; }

    /// <summary>The turn that the text belongs to; <see langword="null"/>: it begins behind the prompt.</summary>
    internal TurnSoFar? Turn { get; init; }

    /// <summary>Continues when the model ends its turn, so that measurements have a fixed length.</summary>
    internal bool IgnoresEndOfTurn { get; init; }
}
