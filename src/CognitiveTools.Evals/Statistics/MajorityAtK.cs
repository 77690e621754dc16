namespace CognitiveTools.Evals.Statistics;

/// <summary>
/// Majority voting over k of a problem's samples: the expectation over all choices of k, not the luck of the first k. A sample
/// without an answer casts no vote; among tied winners the right one counts by its share.
/// </summary>
public static class MajorityAtK
{
    /// <summary>Expected score between 0 and 1; NaN when k exceeds the samples.</summary>
    /// <param name="correct">Samples with the right answer.</param>
    /// <param name="others">Per wrong answer the samples that gave it.</param>
    /// <param name="none">Samples without an answer.</param>
    /// <param name="k">Samples that vote.</param>
    public static double Expected(int correct, IReadOnlyList<int> others, int none, int k)
    {
        ArgumentNullException.ThrowIfNull(others);
        ArgumentOutOfRangeException.ThrowIfNegative(correct);
        ArgumentOutOfRangeException.ThrowIfNegative(none);
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        if (others.Any(o => o < 1))
            throw new ArgumentOutOfRangeException(nameof(others), "Every wrong answer that is listed was given at least once.");
        var samples = correct + none + others.Sum();
        ArgumentOutOfRangeException.ThrowIfGreaterThan(samples, Choose.Largest, nameof(others));
        if (k > samples)
            return double.NaN;

        // ways[(drawn, most, tied)]: choices among the wrong answers by samples drawn, most votes, answers that have so many.
        var ways = new Dictionary<(int Drawn, int Most, int Tied), double> { [(0, 0, 0)] = 1 };
        foreach (var votes in others)
            ways = Add(ways, votes, k);

        var expected = 0.0;
        foreach (var ((drawn, most, tied), count) in ways)
        {
            for (var right = 1; right <= Math.Min(correct, k - drawn); right++)
            {
                var share = right > most ? 1.0 : right == most ? 1.0 / (tied + 1) : 0;
                expected += share * count * Choose.Of(correct, right) * Choose.Of(none, k - drawn - right);
            }
        }

        return expected / Choose.Of(samples, k);
    }

    private static Dictionary<(int Drawn, int Most, int Tied), double> Add(
        Dictionary<(int Drawn, int Most, int Tied), double> ways, int votes, int k)
    {
        var next = new Dictionary<(int Drawn, int Most, int Tied), double>();
        foreach (var ((drawn, most, tied), count) in ways)
        {
            for (var taken = 0; taken <= Math.Min(votes, k - drawn); taken++)
            {
                var state = taken == 0 || taken < most ? (drawn + taken, most, tied)
                    : taken == most ? (drawn + taken, most, tied + 1)
                    : (drawn + taken, taken, 1);
                next[state] = next.GetValueOrDefault(state) + (count * Choose.Of(votes, taken));
            }
        }

        return next;
    }
}
