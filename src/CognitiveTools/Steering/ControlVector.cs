using System.Numerics.Tensors;
using CognitiveTools.Randomness;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Steering;

/// <summary>
/// Directions to add to a network's residual stream after its layers. Layers are numbered as llama.cpp's blocks, which have no
/// direction for layer 0; so they go from 1 to the model's last. Immutable.
/// </summary>
internal sealed class ControlVector
{
    private readonly SortedDictionary<int, float[]> _directions;

    /// <summary>Creates a vector.</summary>
    /// <param name="directions">By layer, all of the same width.</param>
    /// <exception cref="ArgumentException">There are no directions, a layer is below 1, or widths differ.</exception>
    public ControlVector(IEnumerable<KeyValuePair<int, float[]>> directions)
    {
        ArgumentNullException.ThrowIfNull(directions);
        _directions = new(directions.ToDictionary(static d => d.Key, static d => (float[])d.Value.Clone()));
        if (_directions.Count == 0)
            throw new ArgumentException("A control vector needs a direction for at least one layer.", nameof(directions));
        Width = _directions.Values.First().Length;
        if (_directions.Keys.First() < 1 || Width == 0 || _directions.Values.Any(d => d.Length != Width))
        {
            throw new ArgumentException(
                "A control vector's layers count from 1, and its directions have one width above 0.", nameof(directions));
        }
    }

    /// <summary>Floats of one direction; the model's hidden size.</summary>
    public int Width { get; }

    /// <summary>Layers that have a direction, in order.</summary>
    public IReadOnlyCollection<int> Layers => _directions.Keys;

    /// <summary>The direction of a layer; empty when it has none.</summary>
    public ReadOnlySpan<float> Direction(int layer) => _directions.TryGetValue(layer, out var direction) ? direction : [];

    /// <summary>Euclidean norm of a layer's direction; 0 when it has none.</summary>
    public float Norm(int layer) => TensorPrimitives.Norm(Direction(layer));

    /// <summary>The directions in a range of layers, both ends included.</summary>
    /// <exception cref="ArgumentException">The range has no direction.</exception>
    public ControlVector Within(int first, int last)
    {
        var within = _directions.Where(d => d.Key >= first && d.Key <= last).ToList();
        return within.Count > 0
            ? new(within)
            : throw new ArgumentException(
                $"The control vector has directions for the layers {string.Join(", ", Layers)}; none of them lies from {first} to {last}.",
                nameof(first));
    }

    /// <summary>The control: for every layer a random direction of the same norm.</summary>
    /// <param name="seed">The same seed gives the same directions.</param>
    public ControlVector Random(int seed)
    {
        return new(_directions.Select(d => KeyValuePair.Create(d.Key, Drawn(d.Key, d.Value))));

        float[] Drawn(int layer, float[] like)
        {
            var random = SeededRandom.Of(Seeds.Derive(seed, layer));
            var drawn = new float[like.Length];
            for (var i = 0; i < drawn.Length; i++)
                drawn[i] = (float)SeededRandom.Normal(random);
            TensorPrimitives.Multiply(drawn, TensorPrimitives.Norm<float>(like) / TensorPrimitives.Norm<float>(drawn), drawn);
            return drawn;
        }
    }

    /// <summary>Checks that the vector fits a model.</summary>
    /// <param name="model">The model's file or name, for the message.</param>
    /// <param name="layerWidth">Width of its residual stream in floats.</param>
    /// <param name="layerCount">Its layers.</param>
    /// <exception cref="ArgumentException">Width or layers do not fit; the message says which would.</exception>
    public void Require(string model, int layerWidth, int layerCount)
    {
        if (Width != layerWidth)
        {
            throw new ArgumentException(
                $"The control vector has directions of {Width} floats, but {model} has a hidden size of {layerWidth}. "
                + "Compute the vector on this model.");
        }

        if (_directions.Keys.Last() >= layerCount)
        {
            throw new ArgumentException(
                $"The control vector has a direction for layer {_directions.Keys.Last()}, "
                + $"but {model} can be steered after the layers 1 to {layerCount - 1}. Compute the vector on this model, or name layers.");
        }
    }
}
