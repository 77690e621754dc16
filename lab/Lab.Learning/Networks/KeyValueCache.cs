using TorchSharp;
using static TorchSharp.torch;

namespace CognitiveTools.Lab.Learning.Networks;

/// <summary>Keys and values of earlier positions, rows x heads x positions x head size, one pair a layer.</summary>
internal abstract class KeyValueCache
{
    /// <summary>Positions that every layer has.</summary>
    public int Length { get; private set; }

    /// <summary>Adds a layer's keys and values and returns all of that layer.</summary>
    public abstract (Tensor Keys, Tensor Values) Append(int layer, Tensor keys, Tensor values);

    /// <summary>Ends a pass: all layers have so many positions more.</summary>
    public void Advance(long positions) => Length += (int)positions;
}

/// <summary>Joins old and new, so that gradients flow to the old ones.</summary>
internal sealed class GrowingCache : KeyValueCache
{
    private readonly List<(Tensor Keys, Tensor Values)> _layers = [];

    /// <summary>A cache with the same positions, to which others can be added.</summary>
    public GrowingCache Fork()
    {
        var fork = new GrowingCache();
        fork._layers.AddRange(_layers);
        fork.Advance(Length);
        return fork;
    }

    /// <summary>A cache with these rows, each as often as it is named.</summary>
    public GrowingCache Select(Tensor rows)
    {
        var selected = new GrowingCache();
        selected._layers.AddRange(_layers.Select(pair => (pair.Keys.index_select(0, rows), pair.Values.index_select(0, rows))));
        selected.Advance(Length);
        return selected;
    }

    public override (Tensor Keys, Tensor Values) Append(int layer, Tensor keys, Tensor values)
    {
        if (layer == _layers.Count)
            _layers.Add((keys, values));
        else
            _layers[layer] = (cat([_layers[layer].Keys, keys], 2), cat([_layers[layer].Values, values], 2));
        return _layers[layer];
    }
}

/// <summary>Writes into room that was made beforehand; for generation, without gradients.</summary>
internal sealed class FixedCache : KeyValueCache
{
    private readonly Tensor[] _keys, _values;

    public FixedCache(DecoderShape shape, long rows, long positions, Device device)
    {
        _keys = Room();
        _values = Room();

        Tensor[] Room() =>
            [.. Enumerable.Range(0, shape.Layers).Select(_ => zeros(rows, shape.Heads, positions, shape.HeadSize, device: device))];
    }

    public override (Tensor Keys, Tensor Values) Append(int layer, Tensor keys, Tensor values)
    {
        var end = Length + keys.shape[2];
        _keys[layer].narrow(2, Length, keys.shape[2]).copy_(keys);
        _values[layer].narrow(2, Length, keys.shape[2]).copy_(values);
        return (_keys[layer].narrow(2, 0, end), _values[layer].narrow(2, 0, end));
    }

    /// <summary>Keeps these rows, each as often as it is named, and drops the others.</summary>
    public void Keep(Tensor rows)
    {
        for (var layer = 0; layer < _keys.Length; layer++)
        {
            Replace(ref _keys[layer]);
            Replace(ref _values[layer]);
        }

        void Replace(ref Tensor room)
        {
            var kept = room.index_select(0, rows).MoveToOuterDisposeScope();
            room.Dispose();
            room = kept;
        }
    }
}
