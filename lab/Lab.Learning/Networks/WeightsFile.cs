using System.Globalization;
using CognitiveTools.Lab.Training.Packing;
using TorchSharp;
using static TorchSharp.torch;

namespace CognitiveTools.Lab.Learning.Networks;

/// <summary>A network's weights as a file, under the names that <see cref="INetwork.Weights"/> gives them.</summary>
internal static class WeightsFile
{
    /// <summary>The text of the header that says at which learning rate the weights were kept.</summary>
    public const string RateKey = "rate";

    /// <summary>Writes the weights.</summary>
    /// <param name="network">The network.</param>
    /// <param name="path">The file.</param>
    /// <param name="rate">The learning rate at which they are kept, when that is to be known.</param>
    public static void Save(INetwork network, string path, double? rate = null)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        SafetensorsWriter.Write(
            path,
            [.. network.Weights.Select(static named => (named.Name, named.Value.shape, Floats(named.Value)))],
            rate is { } known ? [.. network.Metadata, new(RateKey, known.ToString("R", CultureInfo.InvariantCulture))] : network.Metadata);
    }

    /// <summary>Reads weights into a network of the same sizes.</summary>
    /// <param name="network">The network.</param>
    /// <param name="path">The file, safetensors or a packed model (<c>.gguf</c>).</param>
    /// <param name="rows">The row of the file's embeddings that each token begins with, when the file has another vocabulary; a token
    /// without one keeps the row that it has.</param>
    /// <exception cref="InvalidDataException">The file is damaged, or a tensor is missing or has another shape.</exception>
    public static void Load(INetwork network, string path, IReadOnlyList<int?>? rows = null)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        using var file = StoredWeights.Open(path);
        foreach (var (name, value) in network.Weights)
        {
            var stored = file.Shape(name) ?? throw Misshapen(name, value);
            if (rows is not null && value.shape is [var tokens, var width] && tokens == rows.Count && width == stored[^1])
                Take(file, name, value, rows);
            else if (stored.SequenceEqual(value.shape))
                value.copy_(tensor(file.Rows(name)).view(value.shape));
            else
                throw Misshapen(name, value);
        }

        InvalidDataException Misshapen(string name, Tensor value) => new(
            $"{path}: {name}: the run's model needs it as [{string.Join(", ", value.shape)}]. Correct the run's 'model', or give other "
                + "weights.");
    }

    private static void Take(StoredWeights file, string name, Tensor value, IReadOnlyList<int?> rows)
    {
        int[] known = [.. Enumerable.Range(0, rows.Count).Where(token => rows[token] is not null)];
        var values = file.Rows(name, [.. known.Select(token => rows[token]!.Value)]);
        var ids = tensor(known.Select(static token => (long)token).ToArray(), device: value.device);
        value.index_copy_(0, ids, tensor(values, known.Length, value.shape[1]).to(value.dtype).to(value.device));
    }

    /// <summary>All elements of a tensor.</summary>
    internal static float[] Read(SafetensorsFile file, SafetensorsTensor stored)
    {
        var values = new float[stored.RowCount * stored.RowLength];
        for (var row = 0; row < stored.RowCount; row++)
            file.ReadRow(stored, row, values.AsSpan((int)(row * stored.RowLength), (int)stored.RowLength));
        return values;
    }

    /// <summary>A tensor's elements, on the CPU and in a row.</summary>
    internal static float[] Floats(Tensor value) => value.detach().to(ScalarType.Float32).cpu().contiguous().data<float>().ToArray();
}
