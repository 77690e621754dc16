namespace CognitiveTools.Lab.Learning.Influence;

/// <summary>Correlations of two lists of equal length; not a number where one of them is constant.</summary>
internal static class Correlation
{
    /// <summary>Pearson's.</summary>
    public static double Pearson(IReadOnlyList<double> one, IReadOnlyList<double> other)
    {
        var (meanOfOne, meanOfOther) = (one.Average(), other.Average());
        double product = 0, squaresOfOne = 0, squaresOfOther = 0;
        for (var i = 0; i < one.Count; i++)
        {
            var (a, b) = (one[i] - meanOfOne, other[i] - meanOfOther);
            product += a * b;
            squaresOfOne += a * a;
            squaresOfOther += b * b;
        }

        return product / Math.Sqrt(squaresOfOne * squaresOfOther);
    }

    /// <summary>Spearman's: Pearson's of the ranks, equal values sharing the mean of theirs.</summary>
    public static double Spearman(IReadOnlyList<double> one, IReadOnlyList<double> other) => Pearson(Ranks(one), Ranks(other));

    /// <summary>The rank of each value, counted from 1.</summary>
    public static double[] Ranks(IReadOnlyList<double> values)
    {
        var order = Enumerable.Range(0, values.Count).OrderBy(i => values[i]).ToArray();
        var ranks = new double[values.Count];
        for (var from = 0; from < order.Length;)
        {
            var to = from;
            while (to < order.Length && values[order[to]].Equals(values[order[from]]))
                to++;
            for (var i = from; i < to; i++)
                ranks[order[i]] = (from + to + 1) / 2.0;
            from = to;
        }

        return ranks;
    }
}
