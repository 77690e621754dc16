using CognitiveTools.Lab.Learning.Networks;
using CognitiveTools.Lab.Tests.Packing;
using CognitiveTools.Llama.Gguf;
using CognitiveTools.Llama.Tests;
using CognitiveTools.Randomness;
using static TorchSharp.torch;

namespace CognitiveTools.Lab.Learning.Tests.Networks;

/// <summary>A run begins with trained weights or with a packed model.</summary>
public sealed class StoredWeightsTests
{
    private static readonly DecoderShape Shape = new(PackFixture.Vocabulary.Length, 32, 3, 2, 64, 128);

    [Fact]
    public void A_model_packed_without_rounding_is_the_network_again()
    {
        using var folder = new TemporaryFolder();
        using var network = new Decoder(Shape, new SeededRandom(3));
        using var again = new Decoder(Shape, new SeededRandom(4));
        WeightsFile.Load(again, PackedNetwork.Pack(network, folder));
        Assert.Equal(network.Parameters.Values.data<float>().ToArray(), again.Parameters.Values.data<float>().ToArray());
    }

    [Fact]
    public void A_rounded_model_is_the_network_but_for_the_rounding_and_packs_to_itself()
    {
        using var folder = new TemporaryFolder();
        using var other = new TemporaryFolder();
        using var network = new Decoder(Shape, new SeededRandom(3));
        using var again = new Decoder(Shape, new SeededRandom(4));
        var packed = PackedNetwork.Pack(network, folder, GgufTensorType.Q8_0);
        WeightsFile.Load(again, packed);
        using (var frozen = no_grad())
        {
            var largest = network.Parameters.Values.abs().max().item<float>();
            Assert.InRange((again.Parameters.Values - network.Parameters.Values).abs().max().item<float>(), 1e-9f, largest / 127);
        }

        Assert.Equal(File.ReadAllBytes(packed), File.ReadAllBytes(PackedNetwork.Pack(again, other, GgufTensorType.Q8_0)));
    }

    [Fact]
    public void Tokens_of_another_vocabulary_take_the_rows_of_a_packed_model()
    {
        using var folder = new TemporaryFolder();
        using var network = new Decoder(Shape, new SeededRandom(3));
        using var again = new Decoder(Shape with { Vocabulary = 3 }, new SeededRandom(4));
        var drawn = again.Embedding[1].data<float>().ToArray();
        WeightsFile.Load(again, PackedNetwork.Pack(network, folder), [5, null, 2]);
        Assert.Equal(network.Embedding[5].data<float>().ToArray(), again.Embedding[0].data<float>().ToArray());
        Assert.Equal(drawn, again.Embedding[1].data<float>().ToArray());
        Assert.Equal(network.Embedding[2].data<float>().ToArray(), again.Embedding[2].data<float>().ToArray());
    }

    [Fact]
    public void A_packed_model_of_other_sizes_is_refused_with_the_tensor()
    {
        using var folder = new TemporaryFolder();
        using var network = new Decoder(Shape, new SeededRandom(3));
        using var wider = new Decoder(Shape with { Hidden = 96 }, new SeededRandom(4));
        var packed = PackedNetwork.Pack(network, folder);
        var error = Assert.Throws<InvalidDataException>(() => WeightsFile.Load(wider, packed));
        Assert.Contains("mlp.", error.Message, StringComparison.Ordinal);
    }
}
