using CognitiveTools.Lab.Learning.Networks;

namespace CognitiveTools.Lab.Learning.Tests.Networks;

/// <summary>
/// A <see cref="Gram"/> written again in plain loops over doubles, one board at a time: what the network is compared with.
/// </summary>
internal sealed class GramByHand(Gram network)
{
    private readonly GramShape _shape = network.Shape;

    /// <summary>The first state: cells x width.</summary>
    public double[][] Start(string name) => [.. Enumerable.Range(0, _shape.Side).Select(_ => Vector(name))];

    /// <summary>e of cells, with the place where a matrix of places is named.</summary>
    public double[][] Read(string matrix, IReadOnlyList<long> cells, string? places = null) => [.. cells.Select((cell, at) =>
        Enumerable.Range(0, _shape.Width).Select(i => Math.Sqrt(_shape.Width)
            * (Matrix(matrix)[cell][i] + (places is null ? 0 : Matrix(places)[at][i]))).ToArray())];

    /// <summary>u and l of a transition.</summary>
    public (double[][] U, double[][] Low) Advance(double[][] high, double[][] low, double[][] e)
    {
        for (var i = 0; i < _shape.Inner; i++)
            low = Stack("low", Sum(high, low, e));
        return (Stack("high", Sum(high, low)), low);
    }

    /// <summary>Mean and logarithm of the deviation.</summary>
    public (double[] Mean, double[] LogSigma) Prior(double[] u) => Normal(Product("prior", u), "prior.narrow");

    /// <summary>The same where the solution is told.</summary>
    public (double[] Mean, double[] LogSigma) Posterior(double[] u, double[] target) =>
        Normal(Product("posterior.out", [.. Product("posterior.in", [.. u, .. target]).Select(Silu)]), "posterior.narrow");

    /// <summary>Probability of each value of a cell.</summary>
    public double[] Shares(double[] h) => Softmax(Product("logits", h));

    /// <summary>What the value head says of a board.</summary>
    public double Value(double[][] high) =>
        1 / (1 + Math.Exp(-high.Average(h => Product("value.out", [.. Product("value.in", h).Select(Silu)])[0])));

    private (double[] Mean, double[] LogSigma) Normal(double[] both, string narrow)
    {
        var width = _shape.Width;
        return (both[..width], _shape.Noise == GramNoise.Learned
            ? [.. both[width..].Zip(
                Vector(narrow), static (value, less) => Math.Clamp(value - less, Gram.LeastLogSigma, Gram.MostLogSigma))]
            : [.. Enumerable.Repeat(Math.Log(_shape.Sigma), width)]);
    }

    private double[][] Stack(string name, double[][] x)
    {
        for (var block = 0; block < _shape.Blocks; block++)
        {
            var part = $"{name}.{block}";
            var mixed = Attend([.. x.Select(row => Product($"{part}.qkv", Norm(row, $"{part}.attention_norm")))]);
            x = [.. x.Zip(mixed, (row, mix) => Plus(row, Product($"{part}.output", mix)))];
            x = [.. x.Select(row => Plus(row, Feed(part, Norm(row, $"{part}.feed_norm"))))];
        }

        return [.. x.Select(row => Norm(row, $"{name}.norm"))];
    }

    private double[] Feed(string part, double[] x)
    {
        var both = Product($"{part}.gate_up", x);
        return Product($"{part}.down", [.. both[.._shape.Hidden].Zip(both[_shape.Hidden..], static (gate, up) => Silu(gate) * up)]);
    }

    private double[][] Attend(double[][] qkv)
    {
        var (width, size) = (_shape.Width, _shape.HeadSize);
        var mixed = qkv.Select(_ => new double[width]).ToArray();
        for (var head = 0; head < _shape.Heads; head++)
        {
            for (var at = 0; at < qkv.Length; at++)
            {
                var shares = Softmax([.. qkv.Select(key => Enumerable.Range(head * size, size)
                    .Sum(i => qkv[at][i] * key[width + i]) / Math.Sqrt(size))]);
                for (var i = head * size; i < (head + 1) * size; i++)
                    mixed[at][i] = qkv.Zip(shares, (value, share) => share * value[2 * width + i]).Sum();
            }
        }

        return mixed;
    }

    private double[] Norm(double[] x, string weight)
    {
        var root = Math.Sqrt(x.Average(static value => value * value) + _shape.NormEpsilon);
        return [.. x.Zip(Vector(weight), (value, factor) => factor * value / root)];
    }

    private double[] Product(string matrix, double[] x) =>
        [.. Matrix(matrix).Select(row => row.Zip(x, static (a, b) => a * b).Sum())];

    private double[][] Matrix(string name)
    {
        var parameter = network.Parameters[name];
        return [.. parameter.data<double>().ToArray().Chunk((int)parameter.shape[1])];
    }

    private double[] Vector(string name) => network.Parameters[name].data<double>().ToArray();

    private static double Silu(double x) => x / (1 + Math.Exp(-x));

    private static double[] Softmax(double[] scores)
    {
        double[] powers = [.. scores.Select(score => Math.Exp(score - scores.Max()))];
        return [.. powers.Select(power => power / powers.Sum())];
    }

    private static double[] Plus(double[] a, double[] b) => [.. a.Zip(b, static (x, y) => x + y)];

    private static double[][] Sum(params double[][][] parts) =>
        [.. Enumerable.Range(0, parts[0].Length).Select(at => parts.Select(part => part[at]).Aggregate(Plus))];
}
