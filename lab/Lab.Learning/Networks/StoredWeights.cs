using CognitiveTools.Lab.Training.Packing;
using CognitiveTools.Llama.Gguf;

namespace CognitiveTools.Lab.Learning.Networks;

/// <summary>
/// Weights in a file, under the names that a network gives them: safetensors, or a packed model (<c>.gguf</c>), whose values are then the
/// rounded ones that the engine computes with.
/// </summary>
internal sealed class StoredWeights : IDisposable
{
    private readonly string _path;
    private readonly SafetensorsFile? _trained;
    private readonly GgufFile? _packed;

    private StoredWeights(string path, SafetensorsFile? trained, GgufFile? packed) => (_path, _trained, _packed) = (path, trained, packed);

    /// <summary>Opens a file.</summary>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    /// <exception cref="GgufException">The packed model is damaged.</exception>
    public static StoredWeights Open(string path) => Path.GetExtension(path) == ".gguf"
        ? new StoredWeights(path, null, GgufFile.Open(path))
        : new StoredWeights(path, SafetensorsFile.Open(path), null);

    /// <summary>Extents of a tensor, slowest-varying first; <see langword="null"/> when there is none of that name.</summary>
    public long[]? Shape(string name) =>
        _packed is not null ? _packed.TryGetTensor(TensorNames.Packed(name), out var packed) ? [.. packed.Dimensions.Reverse()] : null
        : _trained!.TryGetTensor(name, out var trained) ? [.. trained.Shape]
        : null;

    /// <summary>Some rows of a tensor that there is, one behind the other.</summary>
    /// <param name="name">The tensor.</param>
    /// <param name="rows">Their numbers; all when <see langword="null"/>.</param>
    /// <exception cref="InvalidDataException">The packed format is one that only the engine can read.</exception>
    public float[] Rows(string name, IReadOnlyList<int>? rows = null)
    {
        var shape = Shape(name)!;
        var length = (int)shape[^1];
        rows ??= [.. Enumerable.Range(0, (int)(shape.Aggregate(1L, static (product, extent) => product * extent) / length))];
        var values = new float[rows.Count * length];
        using var reader = _packed?.OpenTensor(TensorNames.Packed(name));
        if (reader is { CanUnpack: false })
            throw new InvalidDataException(
                $"{_path}: {name}: is packed as {reader.Tensor.Type}. Begin with a model that is packed as F32, F16, BF16 or Q8_0.");
        for (var i = 0; i < rows.Count; i++)
        {
            var row = values.AsSpan(i * length, length);
            if (reader is not null)
                reader.ReadRow(rows[i], row);
            else
                _trained!.ReadRow(_trained.Tensors[name], rows[i], row);
        }

        return values;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _trained?.Dispose();
        _packed?.Dispose();
    }
}
