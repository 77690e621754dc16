namespace CognitiveTools.Evals.Statistics;

/// <summary>Standard errors when problems come in clusters (one contest, one template) and are not independent.</summary>
internal static class ClusteredError
{
    /// <summary>
    /// Cluster-robust standard error of the mean, with the factor C/(C-1) for C clusters (Miller 2024, appendix A); NaN for
    /// fewer than two clusters.
    /// </summary>
    public static double Of(IReadOnlyList<(string Cluster, double Value)> values)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(values.Count, 1, nameof(values));
        var mean = values.Average(v => v.Value);
        var sums = values.GroupBy(v => v.Cluster, StringComparer.Ordinal).Select(g => g.Sum(v => v.Value - mean)).ToArray();
        if (sums.Length < 2)
            return double.NaN;
        return Math.Sqrt(sums.Sum(s => s * s) * sums.Length / (sums.Length - 1)) / values.Count;
    }
}
