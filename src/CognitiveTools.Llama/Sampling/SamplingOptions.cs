namespace CognitiveTools.Llama.Sampling;

/// <summary>How the next token is chosen.</summary>
internal sealed record SamplingOptions
{
    /// <summary>The most probable token each time.</summary>
    public static SamplingOptions Greedy { get; } = new();

    /// <summary>Temperature; 0 is greedy and ignores everything below except the grammar.</summary>
    public float Temperature { get; init; }

    /// <summary>Keeps the k most probable tokens; 0 keeps all.</summary>
    public int TopK { get; init; }

    /// <summary>Keeps the most probable tokens that reach this share together; 1 keeps all.</summary>
    public float TopP { get; init; } = 1;

    /// <summary>Keeps tokens with at least this share of the top token's probability; 0 keeps all.</summary>
    public float MinP { get; init; }

    /// <summary>Seed. The same request with the same seed on the same engine settings gives the same text.</summary>
    public long Seed { get; init; }

    /// <summary>GBNF grammar with a rule <c>root</c>.</summary>
    public string? Grammar { get; init; }

    /// <summary>Literal text that activates the grammar, which includes it; <see langword="null"/>: active from the start.</summary>
    public string? GrammarTrigger { get; init; }
}
