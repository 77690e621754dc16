namespace CognitiveTools.Evals.Statistics;

/// <summary>
/// Majority voting over k of a problem's samples: the expectation over all choices of k, not the result of the first k. A sample
/// without an answer casts no vote; among tied winners the right one counts by its share.
/// </summary>
internal static class MajorityAtK
{
    /// <summary>Expected score between 0 and 1; NaN when k exceeds the samples.</summary>
    /// <param name="correct">Per form of the right answer that votes by itself, the samples that gave it.</param>
    /// <param name="others">Per wrong answer the samples that gave it.</param>
    /// <param name="none">Samples without an answer.</param>
    /// <param name="k">Samples that vote.</param>
    public static double Expected(IReadOnlyList<int> correct, IReadOnlyList<int> others, int none, int k)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(none);
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        if (correct.Any(c => c < 1) || others.Any(o => o < 1))
        {
            throw new ArgumentOutOfRangeException(
                correct.Any(c => c < 1) ? nameof(correct) : nameof(others), "Every answer that is listed was given at least once.");
        }

        var samples = correct.Sum() + none + others.Sum();
        ArgumentOutOfRangeException.ThrowIfGreaterThan(samples, BinomialCoefficient.Largest, nameof(others));
        if (k > samples)
            return double.NaN;

        var expected = 0.0;
        var wrongs = Ways(others, k);
        foreach (var ((right, mostRight, rights), ways) in Ways(correct, k))
        {
            foreach (var ((wrong, most, tied), otherWays) in wrongs)
            {
                if (mostRight == 0 || mostRight < most || right + wrong > k)
                    continue;
                var share = mostRight > most ? 1.0 : rights / (double)(rights + tied);
                expected += share * ways * otherWays * BinomialCoefficient.Of(none, k - right - wrong);
            }
        }

        return expected / BinomialCoefficient.Of(samples, k);
    }

    // [(drawn, most, tied)]: choices among answers by samples drawn, most votes, answers that have so many.
    private static Dictionary<(int Drawn, int Most, int Tied), double> Ways(IReadOnlyList<int> answers, int k)
    {
        var ways = new Dictionary<(int Drawn, int Most, int Tied), double> { [(0, 0, 0)] = 1 };
        foreach (var votes in answers)
            ways = Add(ways, votes, k);
        return ways;
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
                next[state] = next.GetValueOrDefault(state) + (count * BinomialCoefficient.Of(votes, taken));
            }
        }

        return next;
    }
}
