namespace CognitiveTools.Latent.Rules;

/// <summary>Settings of <see cref="SwitchingRule"/>; the defaults are those of the SwiReasoning repository.</summary>
internal sealed record SwitchingOptions
{
    /// <summary>Mixed in where thinking in mixtures begins again, <c>&lt;think&gt;</c> in the paper.</summary>
    public required int Open { get; init; }

    /// <summary>Mixed in where thinking in words begins, <c>&lt;/think&gt;</c> in the paper. Sampled, it ends the thoughts.</summary>
    public required int Close { get; init; }

    /// <summary>Mixed into the first thought with weight 0.1; may be <see langword="null"/>.</summary>
    public int? First { get; init; }

    /// <summary>α0, the mixture's share at the first step where it meets <see cref="Open"/>; it grows to 1. 0 to 1.</summary>
    /// <value>The default is 0.6, one of the values that the authors tuned per model and data set (0.1 to 1).</value>
    public float Alpha { get; init; } = 0.6f;

    /// <summary>β0, the mixture's share at the first step where it meets <see cref="Close"/>; it grows to 1. 0 to 1.</summary>
    /// <value>The default is 0.7.</value>
    public float Beta { get; init; } = 0.7f;

    /// <summary>The minimum number of words before thinking in mixtures may begin again.</summary>
    /// <value>The default is 512.</value>
    public int Window { get; init; } = 512;

    /// <summary>The number of switches to words at which the thoughts end; <see langword="null"/> for no limit.</summary>
    public int? MaxSwitches { get; init; }

    /// <summary>Tokens that are fed as themselves in either mode: digits, letters and operators in the paper.</summary>
    /// <value>The default is none.</value>
    public IReadOnlySet<int> Explicit { get; init; } = new HashSet<int>();

    /// <summary>Temperature, top-k and top-p of the sampled words.</summary>
    /// <value>The default is 0.6, 20 and 0.95.</value>
    public SoftMixtureOptions Sampling { get; init; } = new() { TopK = 20, MinP = 0, MaxTopK = int.MaxValue };

    /// <summary>Refuses settings outside their ranges.</summary>
    /// <exception cref="ArgumentException">The message names the setting and its range.</exception>
    internal void Validate(int vocabularySize)
    {
        Sampling.Validate(vocabularySize);
        foreach (var (name, token) in new[] { ("think", Open), ("endthink", Close), ("first", First ?? 0) })
            Require(token >= 0 && token < vocabularySize, name, token, $"0 to {vocabularySize - 1}");
        Require(Alpha is >= 0 and <= 1, "alpha", Alpha, "0 to 1");
        Require(Beta is >= 0 and <= 1, "beta", Beta, "0 to 1");
        Require(Window >= 0, "window", Window, "at least 0");
        Require(MaxSwitches is null or >= 1, "switches", MaxSwitches ?? 0, "at least 1");
    }

    private static void Require(bool holds, string name, double value, string range)
    {
        if (!holds)
            throw new ArgumentException($"Switching: '{name}' is {value} but must be {range}.");
    }
}
