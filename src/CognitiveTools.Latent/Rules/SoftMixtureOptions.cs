namespace CognitiveTools.Latent.Rules;

/// <summary>Settings of <see cref="SoftMixture"/>; the defaults are those of the Soft Thinking repository.</summary>
internal sealed record SoftMixtureOptions
{
    /// <summary>Softmax temperature, above 0.</summary>
    /// <value>The default is 0.6.</value>
    public float Temperature { get; init; } = 0.6f;

    /// <summary>Most probable tokens kept, 1 to the vocabulary size.</summary>
    /// <value>The default is 30.</value>
    public int TopK { get; init; } = 30;

    /// <summary>Share of the probability kept, above 0, at most 1.</summary>
    /// <value>The default is 0.95.</value>
    public float TopP { get; init; } = 0.95f;

    /// <summary>Tokens below this share of the top token's probability are dropped, 0 to 1.</summary>
    /// <value>The default is 0.001.</value>
    public float MinP { get; init; } = 0.001f;

    /// <summary>Tokens mixed at most, at least 1.</summary>
    /// <value>The default is 10.</value>
    public int MaxTopK { get; init; } = 10;

    /// <summary>Noise on the weights; <see langword="null"/> for none.</summary>
    public IMixtureNoise? Noise { get; init; }

    /// <summary>A prediction is cold when its entropy in nats, at <see cref="Temperature"/> and before filtering, is below this.</summary>
    /// <value>The default is 0.01.</value>
    public float ColdEntropy { get; init; } = 0.01f;

    /// <summary>Cold predictions in a row that end the thoughts; 0 never ends them.</summary>
    /// <value>The default is 256.</value>
    public int ColdSteps { get; init; } = 256;

    /// <summary>The token that ends the thoughts when it is the most probable one, for instance <c>&lt;/think&gt;</c>.</summary>
    /// <value>The default is none.</value>
    public int? StopToken { get; init; }

    /// <summary>Refuses settings outside their ranges.</summary>
    /// <exception cref="ArgumentException">The message names the setting and its range.</exception>
    internal void Validate(int vocabularySize)
    {
        Require(float.IsFinite(Temperature) && Temperature > 0, "temperature", Temperature, "above 0");
        Require(TopK >= 1 && TopK <= vocabularySize, "topk", TopK, $"1 to {vocabularySize} (the vocabulary)");
        Require(TopP is > 0 and <= 1, "topp", TopP, "above 0 and at most 1");
        Require(MinP is >= 0 and <= 1, "minp", MinP, "0 to 1");
        Require(MaxTopK >= 1, "maxtopk", MaxTopK, "at least 1");
        Require(ColdEntropy >= 0, "coldentropy", ColdEntropy, "at least 0");
        Require(ColdSteps >= 0, "coldsteps", ColdSteps, "at least 0");
        Require(StopToken is null || (StopToken >= 0 && StopToken < vocabularySize), "stop", StopToken ?? 0, $"0 to {vocabularySize - 1}");
    }

    private static void Require(bool holds, string name, double value, string range)
    {
        if (!holds)
            throw new ArgumentException($"Soft mixture: '{name}' is {value} but must be {range}.");
    }
}
