using CognitiveTools.Lab.Learning.Networks;
using CognitiveTools.Lab.Tests.Packing;
using CognitiveTools.Lab.Training.Packing;
using CognitiveTools.Llama.Tests;
using CognitiveTools.Randomness;
using TorchSharp;
using static TorchSharp.torch;

namespace CognitiveTools.Lab.Learning.Tests.Networks;

public sealed class DecoderTests
{
    private static readonly DecoderShape Fusable = new(50, 64, 2, 2, 96, 64);

    [Fact]
    public void Logits_are_those_of_a_decoder_that_is_written_out_naively()
    {
        using var folder = new TemporaryFolder();
        using var fixture = new PackFixture();
        var path = folder.File("weights.safetensors");
        SafetensorsWriter.Write(path, [.. fixture.Tensors.Select(Expanded)], fixture.Metadata);
        using var scope = NewDisposeScope();
        using var network = new Decoder(
            new DecoderShape(
                PackFixture.Vocabulary.Length, PackFixture.Width, PackFixture.Layers, PackFixture.Heads, PackFixture.Hidden, 128),
            new SeededRandom(1));
        WeightsFile.Load(network, path);
        int[] tokens = [1, 70, 260, 33, 262, 5, 99];

        var hidden = network.Forward(network.Embed(Ids(tokens).unsqueeze(0)));
        var logits = network.Logits(hidden.select(1, tokens.Length - 1)).flatten().data<float>().ToArray();

        var wanted = ReferenceDecoder.Logits(fixture, tokens);
        var largest = wanted.Max(Math.Abs);
        Assert.All(wanted.Zip(logits), pair => Assert.Equal(pair.First, pair.Second, 1e-5f * largest));
    }

    [Fact]
    public void The_kernels_give_what_the_plain_operations_give_forward_and_backward()
    {
        using var scope = NewDisposeScope();
        using var fused = new Decoder(Fusable, new SeededRandom(3));
        using var plain = new Decoder(Fusable, new SeededRandom(3), fused: false);
        var ids = Ids([.. Enumerable.Range(0, 40)]).view(4, 10);
        var targets = Ids([.. Enumerable.Range(5, 40)]);
        foreach (var network in (Decoder[])[fused, plain])
        {
            using (no_grad())
                network.Parameters.Values.mul_(4);
            var logits = network.Logits(network.Forward(network.Embed(ids))).view(40, -1);
            nn.functional.cross_entropy(logits, targets).backward();
        }

        Same(plain.Parameters.Values, fused.Parameters.Values, 0);
        Same(plain.Parameters.Gradients, fused.Parameters.Gradients, 2e-5f);
    }

    [Fact]
    public void Gradients_are_those_of_central_differences()
    {
        using var network = SmallNetwork.Create();
        var (ids, targets) = (Ids([3, 1, 4, 1, 5, 9, 2, 6]).view(2, 4), Ids([1, 4, 1, 5, 9, 2, 6, 5]));
        SmallNetwork.CheckGradients(
            network.Parameters,
            () => nn.functional.cross_entropy(network.Logits(network.Forward(network.Embed(ids))).view(8, -1), targets));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_pass_in_pieces_sees_what_a_pass_in_one_sees(bool growing)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        using var network = new Decoder(Fusable, new SeededRandom(3));
        var inputs = network.Embed(Ids([.. Enumerable.Range(0, 24)]).view(2, 12));
        KeyValueCache cache = growing ? new GrowingCache() : new FixedCache(Fusable, 2, 12, CPU);
        Tensor[] pieces =
        [
            network.Forward(inputs.narrow(1, 0, 5), cache),
            network.Forward(inputs.narrow(1, 5, 1), cache),
            network.Forward(inputs.narrow(1, 6, 6), cache),
        ];

        Same(network.Forward(inputs), cat(pieces, 1), 1e-5f);
    }

    [Fact]
    public void Padding_on_the_left_changes_nothing()
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        using var network = new Decoder(Fusable, new SeededRandom(3));
        int[][] prompts = [[7, 8, 9], [1, 2, 3, 4, 5]];
        var (ids, padding) = Padded.Left(prompts);

        var together = network.Forward(network.Embed(ids), hide: padding.Hide(5));

        for (var row = 0; row < 2; row++)
        {
            var alone = network.Forward(network.Embed(Ids(prompts[row]).unsqueeze(0)));
            Same(alone[0, -1], together[row, -1], 1e-5f);
        }
    }

    // The fixture's two query heads share keys and values; here each has its own, equal, ones.
    private static (string Name, long[] Shape, float[] Values) Expanded(KeyValuePair<string, (long[] Shape, float[] Values)> tensor) =>
        tensor.Key.Contains("k_proj", StringComparison.Ordinal) || tensor.Key.Contains("v_proj", StringComparison.Ordinal)
            ? (tensor.Key, [PackFixture.Width, PackFixture.Width], [.. tensor.Value.Values, .. tensor.Value.Values])
            : (tensor.Key, tensor.Value.Shape, tensor.Value.Values);

    private static Tensor Ids(int[] tokens) => torch.tensor(Array.ConvertAll(tokens, static token => (long)token));

    private static void Same(Tensor wanted, Tensor found, float tolerance)
    {
        using var scope = NewDisposeScope();
        var scale = Math.Max(1, wanted.abs().max().item<float>());
        Assert.True((wanted - found).abs().max().item<float>() <= tolerance * scale, $"{(wanted - found).abs().max().item<float>()}");
    }
}
