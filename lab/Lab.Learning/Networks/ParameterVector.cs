using CognitiveTools.Randomness;
using TorchSharp;
using static TorchSharp.torch;

namespace CognitiveTools.Lab.Learning.Networks;

/// <summary>
/// All parameters of a network in one vector, and all gradients in another: optimiser, clipping and checkpoint are then a few operations,
/// however many parameters there are. Matrices come first, because weight decay is for them alone.
/// </summary>
internal sealed class ParameterVector : IDisposable
{
    private readonly Dictionary<string, Tensor> _byName = new(StringComparer.Ordinal);

    /// <summary>Creates the vector and draws the parameters.</summary>
    /// <param name="matrices">Name, rows, columns, and standard deviation at the start.</param>
    /// <param name="vectors">Name and length; they start as ones.</param>
    /// <param name="random">Draws the matrices, in their order.</param>
    /// <param name="type">Element type.</param>
    /// <param name="device">Where they lie.</param>
    public ParameterVector(
        IReadOnlyList<(string Name, int Rows, int Columns, double Deviation)> matrices,
        IReadOnlyList<(string Name, int Length)> vectors,
        SeededRandom random,
        ScalarType type,
        Device device)
    {
        Decayed = matrices.Sum(static matrix => (long)matrix.Rows * matrix.Columns);
        var start = new float[Decayed + vectors.Sum(static vector => (long)vector.Length)];
        start.AsSpan((int)Decayed).Fill(1);
        var at = 0;
        foreach (var (_, rows, columns, deviation) in matrices)
        {
            foreach (ref var value in start.AsSpan(at, rows * columns))
                value = (float)(deviation * SeededRandom.Normal(random));
            at += rows * columns;
        }

        using var scope = NewDisposeScope();
        // LibTorch's own memory is aligned as its products want it.
        Values = zeros(start.Length, dtype: type, device: device).DetachFromDisposeScope();
        Values.copy_(tensor(start));
        Gradients = zeros_like(Values).DetachFromDisposeScope();
        long offset = 0;
        foreach (var (name, rows, columns, _) in matrices)
            Add(name, rows, columns);
        foreach (var (name, length) in vectors)
            Add(name, length);

        void Add(string name, params long[] size)
        {
            var count = size.Aggregate(1L, static (product, extent) => product * extent);
            var view = Values.narrow(0, offset, count).view(size).detach().requires_grad_(true).DetachFromDisposeScope();
            view.grad = Gradients.narrow(0, offset, count).view(size).DetachFromDisposeScope();
            _byName.Add(name, view);
            offset += count;
        }
    }

    /// <summary>The parameters.</summary>
    public Tensor Values { get; }

    /// <summary>Their gradients; backward passes add to them.</summary>
    public Tensor Gradients { get; }

    /// <summary>Elements that weight decay is for: those of the matrices.</summary>
    public long Decayed { get; }

    /// <summary>Number of parameters.</summary>
    public long Count => Values.numel();

    /// <summary>The parameters' names in the order of the vector.</summary>
    public IEnumerable<string> Names => _byName.Keys;

    /// <summary>A parameter as a view of the vector.</summary>
    public Tensor this[string name] => _byName[name];

    /// <summary>Ends the learning of these parameters: backward passes leave them out.</summary>
    public void Freeze()
    {
        foreach (var parameter in _byName.Values)
            parameter.requires_grad_(false);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var parameter in _byName.Values)
            parameter.Dispose();
        Gradients.Dispose();
        Values.Dispose();
    }
}
