using System.Runtime.InteropServices;
using CognitiveTools.Evals.Runs;

namespace CognitiveTools.Evals.Cluster.Leases;

/// <summary>
/// How long units will take, learnt from finished ones: the mean of the unit's arm times what the problem took in comparison with others.
/// What is not known yet counts as average; of two unknown problems, the one with the longer text is the longer one.
/// </summary>
internal sealed class UnitEstimates
{
    // As many average units are mixed into the mean of a problem, whose units are few.
    private const double Prior = 1;

    private readonly Dictionary<string, Mean> _arms = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Mean> _problems = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _lengths;
    private readonly int _longest;

    /// <param name="lengths">Lengths of the problems' texts by id.</param>
    public UnitEstimates(IEnumerable<KeyValuePair<string, int>> lengths)
    {
        _lengths = new(lengths, StringComparer.Ordinal);
        _longest = _lengths.Values.DefaultIfEmpty(0).Max() + 1;
    }

    /// <summary>Learns from a finished unit.</summary>
    /// <param name="key">The unit.</param>
    /// <param name="ms">Its wall time in milliseconds.</param>
    public void Learn(UnitKey key, double ms)
    {
        var arm = _arms.GetValueOrDefault(key.Arm).With(ms);
        _arms[key.Arm] = arm;
        if (arm.Value > 0)
            _problems[key.Problem] = _problems.GetValueOrDefault(key.Problem).With(ms / arm.Value);
    }

    /// <summary>The estimate for an arm, in milliseconds; <see langword="null"/> when no unit of it is finished.</summary>
    public double? OfArm(string arm) => _arms.TryGetValue(arm, out var mean) ? mean.Value : null;

    /// <summary>How long the problem takes in comparison with others; 1 is average.</summary>
    public double OfProblem(string problem)
    {
        var mean = _problems.GetValueOrDefault(problem);
        var learnt = ((mean.Value * mean.Count) + Prior) / (mean.Count + Prior);
        return learnt * (1 + ((double)_lengths.GetValueOrDefault(problem) / _longest / 1000)); // decides between equals only
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Mean(double Sum, int Count)
    {
        public double Value => Count == 0 ? 0 : Sum / Count;

        public Mean With(double value) => new(Sum + value, Count + 1);
    }
}
