namespace CognitiveTools.Lab.Bench.Soak;

/// <summary>Result of a soak.</summary>
/// <param name="Model">The model file.</param>
/// <param name="Threads">Threads used.</param>
/// <param name="Options">Sizes.</param>
/// <param name="Samples">Measurements, the first one after a warm-up.</param>
/// <param name="Operations">What was done how often.</param>
/// <param name="Failures">What failed beyond the injected failures, and how often.</param>
/// <param name="Positions">Positions forwarded.</param>
internal sealed record SoakReport(
    string Model, int Threads, SoakOptions Options, IReadOnlyList<SoakSample> Samples,
    IReadOnlyDictionary<string, long> Operations, IReadOnlyDictionary<string, long> Failures, long Positions)
{
    /// <summary>Measurements that <see cref="Growth"/> leaves out, as a share: caches, compiled code and heaps still fill.</summary>
    public const double Settling = 1 / 3.0;

    /// <summary>Largest growth that counts as flat, as a share of the mean resident size.</summary>
    public const double Tolerance = 0.02;

    /// <summary>
    /// The resident size's least-squares slope over the measurements after <see cref="Settling"/>, in bytes per second; NaN with fewer than
    /// three.
    /// </summary>
    public double Slope => Settled is { Count: >= 3 } settled ? SlopeOf(settled) : double.NaN;

    /// <summary>
    /// What that slope adds up to over these measurements, as a share of their mean resident size; NaN with fewer than three.
    /// </summary>
    public double Growth => Settled is { Count: >= 3 } settled
        ? SlopeOf(settled) * (settled[^1].At - settled[0].At).TotalSeconds / settled.Average(static s => s.Resident)
        : double.NaN;

    /// <summary>Whether the resident size is flat; false when there are too few measurements to tell.</summary>
    public bool IsMemoryFlat => Growth <= Tolerance;

    /// <summary>
    /// Whether every measurement found no open lane, no position that the engine had lost, and as many native objects as the first.
    /// </summary>
    public bool IsNothingLeft => Samples.All(s => s.OpenLanes == 0 && s.LostPositions == 0 && s.NativeObjects == Samples[0].NativeObjects);

    /// <summary>Whether nothing grew, nothing was left behind and nothing failed.</summary>
    public bool Passed => IsMemoryFlat && IsNothingLeft && Failures.Count == 0;

    private List<SoakSample> Settled => [.. Samples.Skip((int)(Samples.Count * Settling))];

    private static double SlopeOf(List<SoakSample> samples)
    {
        var (time, size) = (samples.Average(static s => s.At.TotalSeconds), samples.Average(static s => s.Resident));
        return samples.Sum(s => (s.At.TotalSeconds - time) * (s.Resident - size))
            / samples.Sum(s => (s.At.TotalSeconds - time) * (s.At.TotalSeconds - time));
    }
}
