using CognitiveTools.Lab.Training.Packing;
using TorchSharp;
using static TorchSharp.torch;

namespace CognitiveTools.Lab.Learning.Networks;

/// <summary>A network's weights as safetensors, under the names that <see cref="INetwork.Weights"/> gives them.</summary>
internal static class WeightsFile
{
    /// <summary>Writes the weights.</summary>
    public static void Save(INetwork network, string path)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        SafetensorsWriter.Write(
            path, [.. network.Weights.Select(static named => (named.Name, named.Value.shape, Floats(named.Value)))], network.Metadata);
    }

    /// <summary>Reads weights into a network of the same sizes.</summary>
    /// <exception cref="InvalidDataException">The file is damaged, or a tensor is missing or has another shape.</exception>
    public static void Load(INetwork network, string path)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        using var file = SafetensorsFile.Open(path);
        foreach (var (name, value) in network.Weights)
        {
            if (!file.TryGetTensor(name, out var stored) || !stored.Shape.SequenceEqual(value.shape))
            {
                var shape = string.Join(", ", value.shape);
                throw new InvalidDataException(
                    $"{path}: {name}: the run's model needs it as [{shape}]. Correct the run's 'model', or give other weights.");
            }

            value.copy_(tensor(Read(file, stored)).view(value.shape));
        }
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
