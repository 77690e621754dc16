namespace CognitiveTools.Answers.Expressions;

/// <summary>A set of real numbers as intervals in order that do not touch.</summary>
internal sealed class RealSet
{
    private const int MostPieces = 64;
    private static readonly IntervalBound Lowest = new(double.NegativeInfinity, CanonicalForm.Reals.Items[0], Closed: false);
    private static readonly IntervalBound Highest = new(double.PositiveInfinity, CanonicalForm.Reals.Items[1], Closed: false);

    private RealSet(IReadOnlyList<(IntervalBound Low, IntervalBound High)> pieces) => Pieces = pieces;

    public static RealSet Everything { get; } = new([(Lowest, Highest)]);

    public static RealSet Nothing { get; } = new([]);

    public IReadOnlyList<(IntervalBound Low, IntervalBound High)> Pieces { get; }

    public static RealSet Of(IntervalBound low, IntervalBound high) => low.At < high.At || (low.At == high.At && low.Closed && high.Closed)
        ? new([(low, high)]) : Nothing;

    public static RealSet Point(double at, Node written) => new([(new(at, written, Closed: true), new(at, written, Closed: true))]);

    public static RealSet Below(double at, Node written, bool closed) => new([(Lowest, new(at, written, closed))]);

    public static RealSet Above(double at, Node written, bool closed) => new([(new(at, written, closed), Highest)]);

    public RealSet Or(RealSet other)
    {
        var sorted = Pieces.Concat(other.Pieces).OrderBy(p => p.Low.At).ThenByDescending(p => p.Low.Closed).ToArray();
        if (sorted.Length > MostPieces)
            throw new OperationLimitException("pieces");
        var merged = new List<(IntervalBound Low, IntervalBound High)>();
        foreach (var piece in sorted)
        {
            if (merged is [.., var last]
                && (piece.Low.At < last.High.At || (Meet(piece.Low, last.High) && (piece.Low.Closed || last.High.Closed))))
                merged[^1] = (last.Low, piece.High.At > last.High.At || (piece.High.At == last.High.At && piece.High.Closed) ? piece.High
                    : last.High);
            else
                merged.Add(piece);
        }

        return new RealSet(merged);
    }

    public RealSet Not()
    {
        var gaps = new List<(IntervalBound Low, IntervalBound High)>();
        var low = Lowest;
        foreach (var (first, end) in Pieces)
        {
            var high = first with { Closed = !first.Closed && double.IsFinite(first.At) };
            if (low.At < high.At || (low.At == high.At && low.Closed && high.Closed && double.IsFinite(low.At)))
                gaps.Add((low, high));
            low = end with { Closed = !end.Closed && double.IsFinite(end.At) };
        }

        if (low.At < double.PositiveInfinity)
            gaps.Add((low, Highest));
        return new RealSet(gaps);
    }

    public RealSet And(RealSet other) => Not().Or(other.Not()).Not();

    private static bool Meet(IntervalBound a, IntervalBound b) =>
        a.At == b.At || Math.Abs(a.At - b.At) <= 1e-13 * Math.Max(Math.Abs(a.At), Math.Abs(b.At));
}
