using System.Text.Json.Serialization;

namespace CognitiveTools.Evals.Statistics;

/// <summary>Two arms compared on the same problems.</summary>
public sealed record PairedDifference
{
    private const long FineGrid = 1_000_000_000;

    /// <summary>Problems that both arms have samples of.</summary>
    public required int Problems { get; init; }

    /// <summary>Mean over problems of (second arm's accuracy - first arm's).</summary>
    [JsonPropertyName("difference")]
    public required double Mean { get; init; }

    /// <summary>Standard error over problems; NaN for fewer than two.</summary>
    public required double StandardError { get; init; }

    /// <summary>Student's t interval; <see langword="null"/> for fewer than two problems or when no difference varies.</summary>
    public required Interval? Interval { get; init; }

    /// <summary>Problems on which the second arm is better.</summary>
    public required int Better { get; init; }

    /// <summary>Problems on which the second arm is worse.</summary>
    public required int Worse { get; init; }

    /// <summary>The test of no difference.</summary>
    public required TestResult Test { get; init; }

    /// <summary>Compares two arms problem by problem.</summary>
    /// <param name="pairs">Per problem correct samples and all samples of the first and of the second arm.</param>
    /// <param name="seed">Seed of random sign flips, used for many problems.</param>
    /// <param name="confidence">Coverage of the interval.</param>
    internal static PairedDifference Of(IReadOnlyList<PairedCounts> pairs, int seed = 0, double confidence = 0.95)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        ArgumentOutOfRangeException.ThrowIfLessThan(pairs.Count, 1, nameof(pairs));
        var lattice = Lattice(pairs);
        var single = pairs.All(p => p is { FirstSamples: 1, SecondSamples: 1 });
        return Of([.. pairs.Select(p => p.Difference)], lattice, confidence, (better, worse) => single
            ? new TestResult(McNemar.Exact(better, worse), "exact McNemar")
            : SignFlip.Test(lattice, seed));
    }

    /// <summary>Compares two values per problem that are not plain shares of samples, for instance expected votes.</summary>
    /// <param name="values">Per problem the first and the second arm's value, each between 0 and 1.</param>
    /// <param name="seed">Seed of random sign flips, used for many problems.</param>
    /// <param name="confidence">Coverage of the interval.</param>
    internal static PairedDifference OfValues(IReadOnlyList<(double First, double Second)> values, int seed = 0, double confidence = 0.95)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentOutOfRangeException.ThrowIfLessThan(values.Count, 1, nameof(values));
        double[] differences = [.. values.Select(v => v.Second - v.First)];
        long[] lattice = [.. differences.Select(d => (long)Math.Round(d * FineGrid))];
        return Of(differences, lattice, confidence, (_, _) => SignFlip.Test(lattice, seed));
    }

    private static PairedDifference Of(double[] differences, long[] lattice, double confidence, Func<int, int, TestResult> test)
    {
        var mean = differences.Average();
        var error = QuestionLevel.StandardError(differences);
        var half = error > 0 ? Confidence.StudentQuantile(confidence, differences.Length - 1) * error : double.NaN;
        var (better, worse) = (lattice.Count(d => d > 0), lattice.Count(d => d < 0));
        return new PairedDifference
        {
            Problems = differences.Length,
            Mean = mean,
            StandardError = error,
            Interval = error > 0 ? new Interval(Math.Max(-1, mean - half), Math.Min(1, mean + half)) : null,
            Better = better,
            Worse = worse,
            Test = test(better, worse),
        };
    }

    // Differences times a common multiple of all sample counts are whole numbers. Counts that differ wildly between problems
    // would make the multiple huge; a fine fixed grid then moves a p-value by less than the random flips do.
    private static long[] Lattice(IReadOnlyList<PairedCounts> pairs)
    {
        var multiple = 1L;
        foreach (var samples in pairs.SelectMany(p => new[] { p.FirstSamples, p.SecondSamples }).Distinct())
        {
            multiple = multiple / Gcd(multiple, samples) * samples;
            if (multiple > FineGrid)
                return [.. pairs.Select(p => (long)Math.Round(p.Difference * FineGrid))];
        }

        return [.. pairs.Select(p => (p.SecondCorrect * (multiple / p.SecondSamples)) - (p.FirstCorrect * (multiple / p.FirstSamples)))];
    }

    private static long Gcd(long a, long b) => b == 0 ? a : Gcd(b, a % b);
}
