namespace CognitiveTools.Lab.Training.Probes;

/// <summary>How far the values of one group lie above those of another.</summary>
internal static class RankedPair
{
    /// <summary>Area under the curve: the probability that a draw of the first exceeds one of the second; a tie counts half.</summary>
    /// <param name="first">At least one value.</param>
    /// <param name="second">At least one value.</param>
    public static double Auc(double[] first, double[] second)
    {
        var sorted = second.Order().ToArray();
        return first.Sum(value => 0.5 * (Before(value, orEqual: false) + Before(value, orEqual: true))) / first.Length / second.Length;

        // How many of the second are smaller, or smaller or equal.
        int Before(double value, bool orEqual)
        {
            var (low, high) = (0, sorted.Length);
            while (low < high)
            {
                var middle = (low + high) / 2;
                if (sorted[middle] < value || (orEqual && sorted[middle] == value))
                    low = middle + 1;
                else
                    high = middle;
            }

            return low;
        }
    }
}
