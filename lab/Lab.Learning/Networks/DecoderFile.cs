using System.Globalization;
using CognitiveTools.Lab.Training.Packing;
using TorchSharp;
using static TorchSharp.torch;

namespace CognitiveTools.Lab.Learning.Networks;

/// <summary>
/// A network's weights as safetensors, under the names that <see cref="LlamaPacker"/> takes; q and k keep the interleaved order.
/// </summary>
internal static class DecoderFile
{
    /// <summary>Writes the weights.</summary>
    public static void Save(Decoder network, string path)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var shape = network.Shape;
        SafetensorsWriter.Write(
            path,
            [.. TensorsOf(network).Select(static named => (named.Name, named.Value.shape, Floats(named.Value)))],
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["rope"] = "interleaved",
                ["rope_base"] = shape.RopeBase.ToString(CultureInfo.InvariantCulture),
                ["norm_epsilon"] = shape.NormEpsilon.ToString(CultureInfo.InvariantCulture),
                ["heads"] = shape.Heads.ToString(CultureInfo.InvariantCulture),
                ["context"] = shape.Context.ToString(CultureInfo.InvariantCulture),
                ["tied_embeddings"] = "true",
            });
    }

    /// <summary>Reads weights into a network of the same sizes.</summary>
    /// <exception cref="InvalidDataException">The file is damaged, or a tensor is missing or has another shape.</exception>
    public static void Load(Decoder network, string path)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        using var file = SafetensorsFile.Open(path);
        foreach (var (name, value) in TensorsOf(network))
        {
            if (!file.TryGetTensor(name, out var stored) || !stored.Shape.SequenceEqual(value.shape))
            {
                var shape = string.Join(", ", value.shape);
                throw new InvalidDataException(
                    $"{path}: {name}: the run's model needs it as [{shape}]. Correct the run's 'model' or 'from'.");
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

    // Chunks are views of the parameters, so that copying into them fills the network.
    private static IEnumerable<(string Name, Tensor Value)> TensorsOf(Decoder network)
    {
        var parameters = network.Parameters;
        yield return ("model.embed_tokens.weight", parameters["embedding"]);
        for (var layer = 0; layer < network.Shape.Layers; layer++)
        {
            var prefix = $"model.layers.{layer}.";
            var qkv = parameters[$"{layer}.qkv"].chunk(3);
            var gateUp = parameters[$"{layer}.gate_up"].chunk(2);
            yield return (prefix + "input_layernorm.weight", parameters[$"{layer}.attention_norm"]);
            yield return (prefix + "self_attn.q_proj.weight", qkv[0]);
            yield return (prefix + "self_attn.k_proj.weight", qkv[1]);
            yield return (prefix + "self_attn.v_proj.weight", qkv[2]);
            yield return (prefix + "self_attn.o_proj.weight", parameters[$"{layer}.output"]);
            yield return (prefix + "post_attention_layernorm.weight", parameters[$"{layer}.feed_norm"]);
            yield return (prefix + "mlp.gate_proj.weight", gateUp[0]);
            yield return (prefix + "mlp.up_proj.weight", gateUp[1]);
            yield return (prefix + "mlp.down_proj.weight", parameters[$"{layer}.down"]);
        }

        yield return ("model.norm.weight", parameters["norm"]);
    }
}
