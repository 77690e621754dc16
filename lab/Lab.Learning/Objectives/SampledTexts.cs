namespace CognitiveTools.Lab.Learning.Objectives;

/// <summary>Texts that a policy drew, and how much better each was than its group.</summary>
/// <param name="Prompts">The prompts.</param>
/// <param name="PromptOf">For each text the index of its prompt.</param>
/// <param name="Targets">The texts, with the token that ends them unless a limit did.</param>
/// <param name="Advantages">One for each text.</param>
/// <param name="Tokens">Tokens of all texts that were drawn, those without an advantage, which are left out here, included.</param>
internal sealed record SampledTexts(int[][] Prompts, int[] PromptOf, int[][] Targets, double[] Advantages, long Tokens)
{
    /// <summary>Log-probabilities of the targets under the policy that drew them, text after text; set when they are first learned from.
    /// </summary>
    public double[]? Old { get; set; }

    /// <summary>Seed of the noise on the thoughts.</summary>
    public ulong NoiseSeed { get; init; }

    /// <summary>Deviation of the noise in each coordinate.</summary>
    public double Deviation { get; init; }

    /// <summary>For each text the number that its noise goes by; empty where there is none.</summary>
    public int[] NoiseOf { get; init; } = [];
}
