using CognitiveTools.Latents;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Reasoners;

/// <summary>How one question is to be solved.</summary>
public sealed record SolveOptions
{
    /// <summary>Default budget, seed 0, no observer.</summary>
    public static SolveOptions Default { get; } = new();

    /// <summary>What may be spent.</summary>
    public Budget Budget { get; init; } = Budget.Default;

    /// <summary>Seed of everything random in this solve; the same seed gives the same choices.</summary>
    public int Seed { get; init; }

    /// <summary>Sampling temperature; 0 is greedy.</summary>
    /// <value>The default is 0.</value>
    public float Temperature { get; init; }

    /// <summary>Receives each step as it is finished; <see langword="null"/> when nobody watches.</summary>
    public IProgress<Step>? Observer { get; init; }

    /// <summary>
    /// Receives the text of the main context piece by piece, as chat models produce it; <see langword="null"/> when nobody reads
    /// along. Text that is thrown away and generated again comes twice.
    /// </summary>
    public IProgress<TextPiece>? TextObserver { get; init; }

    /// <summary>
    /// Receives each conversation that a latent reasoner puts to its model, which no chat client sees; <see langword="null"/> when nobody
    /// reads along.
    /// </summary>
    public IProgress<IReadOnlyList<ChatMessage>>? PromptObserver { get; init; }

    /// <summary>The tokens of a conversation, which is shown to <see cref="PromptObserver"/>.</summary>
    internal int[] Encode(ILatentModel model, IReadOnlyList<ChatMessage> messages)
    {
        PromptObserver?.Report(messages);
        return model.Tokenizer.EncodeChat(messages);
    }
}
