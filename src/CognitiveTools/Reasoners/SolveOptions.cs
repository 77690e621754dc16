using CognitiveTools.Latents;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Reasoners;

/// <summary>Options of one solve.</summary>
public sealed record SolveOptions
{
    /// <summary>Default budget, seed 0, no observer.</summary>
    public static SolveOptions Default { get; } = new();

    /// <summary>The limits of the solve.</summary>
    public Budget Budget { get; init; } = Budget.Default;

    /// <summary>Seed of all random choices; equal seeds give equal choices.</summary>
    public int Seed { get; init; }

    /// <summary>
    /// Sampling temperature; 0 is greedy. <see langword="null"/> leaves it out of the requests: a local model then samples as its file
    /// recommends, or greedily if the file has no recommendation, and a server uses its own default.
    /// </summary>
    /// <value>The default is <see langword="null"/>.</value>
    public float? Temperature { get; init; }

    /// <summary>
    /// Whether the temperature is a reasoner's default, which a client may leave out for a server that refuses temperatures.
    /// </summary>
    internal bool TemperatureIsDefault { get; init; }

    /// <summary>Receives each step when it is finished; may be <see langword="null"/>.</summary>
    public IProgress<Step>? Observer { get; init; }

    /// <summary>
    /// Receives the text of the main context in pieces, as models produce it; may be <see langword="null"/>. Text that is discarded
    /// and generated again is reported twice. Samples that run at the same time report from several threads
    /// (<see cref="TextPiece.Sample"/>).
    /// </summary>
    public IProgress<TextPiece>? TextObserver { get; init; }

    /// <summary>
    /// Receives each conversation that a latent reasoner sends to its model, without a chat client; may be <see langword="null"/>.
    /// </summary>
    public IProgress<IReadOnlyList<ChatMessage>>? PromptObserver { get; init; }

    /// <summary>The tokens of a conversation, which is reported to <see cref="PromptObserver"/>.</summary>
    internal int[] Encode(ILatentModel model, IReadOnlyList<ChatMessage> messages)
    {
        PromptObserver?.Report(messages);
        return model.Tokenizer.EncodeChat(messages);
    }
}
