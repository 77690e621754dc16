using CognitiveTools.Llama.Models;

namespace CognitiveTools.Llama.Sampling;

/// <summary>
/// How the next token is chosen. Without a temperature the model's file decides (<see cref="ModelSampling"/>): its recommendation
/// applies, or decoding is greedy. With a temperature above 0 the file's recommendation fills in what is <see langword="null"/>.
/// </summary>
internal sealed record SamplingOptions
{
    /// <summary>The most probable token each time, whatever the model's file recommends.</summary>
    public static SamplingOptions Greedy { get; } = new() { Temperature = 0 };

    /// <summary>Temperature; 0 is greedy and ignores everything below except penalty and grammar.</summary>
    /// <value>The default is <see langword="null"/>: the file's, else greedy.</value>
    public float? Temperature { get; init; }

    /// <summary>Keeps the k most probable tokens; 0 keeps all.</summary>
    /// <value>The default is <see langword="null"/>: the file's, else all.</value>
    public int? TopK { get; init; }

    /// <summary>Keeps the most probable tokens that reach this share together; 1 keeps all.</summary>
    /// <value>The default is <see langword="null"/>: the file's, else all.</value>
    public float? TopP { get; init; }

    /// <summary>Keeps tokens with at least this share of the top token's probability; 0 keeps all.</summary>
    /// <value>The default is <see langword="null"/>: the file's, else all.</value>
    public float? MinP { get; init; }

    /// <summary>
    /// Subtracted from the logit of every token that the generated text holds already, also in greedy decoding; 0 changes nothing.
    /// </summary>
    /// <value>The default is 0.</value>
    public float PresencePenalty { get; init; }

    /// <summary>Seed. The same request with the same seed on the same engine settings gives the same text.</summary>
    public long Seed { get; init; }

    /// <summary>GBNF grammar with a rule <c>root</c>.</summary>
    public string? Grammar { get; init; }

    /// <summary>Literal text that activates the grammar, which includes it; <see langword="null"/>: active from the start.</summary>
    public string? GrammarTrigger { get; init; }

    /// <summary>Control tokens whose text is a part of the visible text, because the grammar speaks of it.</summary>
    internal IReadOnlyList<int> ShownTokens { get; init; } = [];
}
