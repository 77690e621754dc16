namespace CognitiveTools.Latents;

/// <summary>How far a prediction prefers its first choice.</summary>
internal static class TokenMargin
{
    /// <summary>
    /// p(top 1) - p(top 2) under softmax(logits), as CoT-decoding takes it (Wang and Zhou 2024, arXiv 2402.10200).
    /// </summary>
    /// <param name="logits">At least one; the margin of a single logit is 1.</param>
    /// <returns>Between 0 (a tie) and 1 (certainty).</returns>
    public static double Of(ReadOnlySpan<float> logits)
    {
        if (logits.IsEmpty)
            throw new ArgumentException("There is no logit to take a margin of.", nameof(logits));
        var (first, second) = (float.NegativeInfinity, float.NegativeInfinity);
        foreach (var logit in logits)
        {
            if (logit > first)
                (first, second) = (logit, first);
            else if (logit > second)
                second = logit;
        }

        double sum = 0;
        foreach (var logit in logits)
            sum += Math.Exp((double)logit - first);
        return (1 - Math.Exp((double)second - first)) / sum;
    }
}
