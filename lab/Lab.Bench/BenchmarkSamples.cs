namespace CognitiveTools.Lab.Bench;

/// <summary>Collects samples by name, in the order of the first round.</summary>
internal sealed class BenchmarkSamples
{
    private readonly List<string> _names = [];
    private readonly Dictionary<string, (string Unit, List<double> Values)> _samples = new(StringComparer.Ordinal);

    /// <summary>While false, samples are thrown away: caches and the just-in-time compiler warm up.</summary>
    internal bool IsWarm { get; set; }

    internal IReadOnlyList<BenchmarkFigure> Figures =>
        [.. _names.Select(name => new BenchmarkFigure(name, _samples[name].Unit, _samples[name].Values))];

    internal bool Has(string name) => _samples.ContainsKey(name);

    internal void Add(string name, string unit, double value)
    {
        if (!_samples.TryGetValue(name, out var figure))
        {
            _names.Add(name);
            _samples.Add(name, figure = (unit, []));
        }

        if (IsWarm)
            figure.Values.Add(value);
    }

    /// <summary>Adds a rate in tokens per second.</summary>
    internal void AddRate(string name, int tokens, double seconds) => Add(name, "tokens/s", tokens / seconds);

    /// <summary>Forgets every figure whose name begins with a text.</summary>
    internal void Remove(string beginning)
    {
        foreach (var name in _names.Where(name => name.StartsWith(beginning, StringComparison.Ordinal)).ToArray())
        {
            _names.Remove(name);
            _samples.Remove(name);
        }
    }

    internal BenchmarkRatio Ratio(string name, string numerator, string denominator, double? target = null)
    {
        var ratios = _samples[numerator].Values.Zip(_samples[denominator].Values, static (a, b) => a / b);
        return new(name, new BenchmarkFigure(name, "", [.. ratios]).Median, target);
    }
}
