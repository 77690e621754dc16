using BenchmarkDotNet.Attributes;
using CognitiveTools.Evals.Statistics;

namespace CognitiveTools.Lab.Benchmarks;

/// <summary>Paired statistics of 1,000 problems.</summary>
public class StatisticsBenchmarks
{
    private const int Problems = 1000;

    private readonly PairedCounts[] _single = Pairs(samples: 1);
    private readonly PairedCounts[] _eight = Pairs(samples: 8);
    private readonly double[] _p = [.. Enumerable.Range(0, Problems).Select(static i => ((i * 7919) % Problems) / (double)Problems)];
    private readonly (string Cluster, double Value)[] _clustered =
        [.. Enumerable.Range(0, Problems).Select(static i => ($"c{i % 60}", (double)(i % 3 / 2)))];

    /// <summary>One sample per problem: interval and exact McNemar test.</summary>
    [Benchmark]
    public PairedDifference McNemar_of_one_sample() => PairedDifference.Of(_single);

    /// <summary>Eight samples per problem: interval and 100,000 random sign flips.</summary>
    [Benchmark]
    public PairedDifference Sign_flips_of_eight_samples() => PairedDifference.Of(_eight);

    /// <summary>Holm's correction of 1,000 p values.</summary>
    [Benchmark]
    public IReadOnlyList<double> Holm_of_a_thousand() => Holm.Adjust(_p);

    /// <summary>Clustered standard error, 60 clusters.</summary>
    [Benchmark]
    public double Clustered_error() => ClusteredError.Of(_clustered);

    private static PairedCounts[] Pairs(int samples)
    {
        var random = new Random(7);
        return [.. Enumerable.Range(0, Problems)
            .Select(_ => new PairedCounts(random.Next(samples + 1), samples, random.Next(samples + 1), samples))];
    }
}
