using CognitiveTools.Lab.Learning.Networks;
using CognitiveTools.Lab.Tests.Packing;
using CognitiveTools.Llama.Engine;
using CognitiveTools.Llama.Gguf;
using CognitiveTools.Llama.Models;
using CognitiveTools.Llama.Steering;
using CognitiveTools.Llama.Tests;
using CognitiveTools.Randomness;
using CognitiveTools.Steering;
using TorchSharp;
using static TorchSharp.torch;

namespace CognitiveTools.Lab.Learning.Tests.Networks;

/// <summary>What is learned in place of the weights: its gradients, and that the engine makes of it what the trainer made.</summary>
public sealed class TuningTests
{
    private static readonly DecoderShape Shape = new(PackFixture.Vocabulary.Length, 32, 3, 2, 64, 128);
    private static readonly int[] Prompt = [1, 70, 262, 90, 4, 271, 133, 2];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Gradients_are_those_of_central_differences_and_none_goes_to_the_weights(bool adapter)
    {
        using var network = SmallNetwork.Create();
        using var tuning = adapter ? (ITuning)new LowRank(network, 3, 6, new SeededRandom(2)) : new AddedVector(1, network);
        network.Tuning = tuning;
        network.Parameters.Freeze();
        Disturb(tuning, 0.3);
        var (ids, targets) = (Ids([3, 1, 4, 1, 5, 9, 2, 6]).view(2, 4), Ids([1, 4, 1, 5, 9, 2, 6, 5]));

        SmallNetwork.CheckGradients(
            tuning.Parameters,
            () => nn.functional.cross_entropy(network.Logits(network.Forward(network.Embed(ids), from: 2)).view(8, -1), targets));

        Assert.Equal(0, network.Parameters.Gradients.abs().max().item<double>());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void At_the_start_nothing_is_changed(bool adapter)
    {
        using var scope = NewDisposeScope();
        using var network = SmallNetwork.Create();
        var before = network.Forward(network.Embed(Ids([3, 1, 4]).unsqueeze(0)));
        using var tuning = adapter ? (ITuning)new LowRank(network, 3, 6, new SeededRandom(2)) : new AddedVector(1, network);
        network.Tuning = tuning;
        Assert.Equal(0, (network.Forward(network.Embed(Ids([3, 1, 4]).unsqueeze(0))) - before).abs().max().item<double>());
    }

    [Fact]
    public void A_vector_is_added_from_its_first_position_on_whether_a_pass_is_in_one_or_in_pieces()
    {
        using var scope = NewDisposeScope();
        using var network = SmallNetwork.Create();
        var inputs = network.Embed(Ids([3, 1, 4, 1, 5, 9]).unsqueeze(0));
        var before = network.Forward(inputs);
        using var vector = new AddedVector(1, network);
        network.Tuning = vector;
        Disturb(vector, 0.5);

        var whole = network.Forward(inputs, from: 3);
        var cache = new GrowingCache();
        var pieces = cat([network.Forward(inputs.narrow(1, 0, 4), cache, from: 3), network.Forward(inputs.narrow(1, 4, 2), cache)], 1);

        Assert.Equal(0, (whole - before).narrow(1, 0, 3).abs().max().item<double>());
        Assert.True((whole - before).narrow(1, 3, 3).abs().min().item<double>() > 0);
        Assert.Equal(0, (whole - pieces).abs().max().item<double>(), 1e-12);
    }

    [Fact]
    public async Task The_engine_with_the_adapter_has_the_logits_of_the_network_with_it()
    {
        using var folder = new TemporaryFolder();
        using var network = Network();
        var path = PackedNetwork.Pack(network, folder);
        using var adapter = new LowRank(network, 4, 8, new SeededRandom(2));
        Disturb(adapter, 0.1);
        adapter.Write(folder.File("adapter.gguf"), "tuned");
        var bare = Logits(network);
        network.Tuning = adapter;
        var wanted = Logits(network);

        using var model = LlamaModel.Load(new() { Path = path, Lora = folder.File("adapter.gguf") });
        await using var engine = new LlamaEngine(model, new() { Threads = 1 });
        using var sequence = engine.Begin();
        var found = (await sequence.AppendAsync(Prompt, Token)).Logits.ToArray();

        Assert.True(wanted.Zip(bare).Max(static pair => Math.Abs(pair.First - pair.Second)) > 2f, "the adapter changes little");
        var largest = wanted.Max(Math.Abs); // the engine's cache holds half precision
        Assert.All(wanted.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 0.002f * largest));
    }

    [Fact]
    public async Task The_engine_steered_by_the_vector_writes_what_the_network_with_it_writes()
    {
        using var folder = new TemporaryFolder();
        using var network = Network();
        var path = PackedNetwork.Pack(network, folder);
        using var vector = new AddedVector(2, network);
        Disturb(vector, 2);
        vector.Write(folder.File("vector.gguf"), "tuned");
        var sampler = new Sampler(network, stop: 2) { Limit = 12 };
        var bare = sampler.Continue([Prompt])[0];
        network.Tuning = vector;
        var wanted = sampler.Continue([Prompt])[0];

        using var model = LlamaModel.Load(new() { Path = path });
        await using var engine = new LlamaEngine(model, new() { Threads = 1 });
        var plan = new SteeringPlan(ControlVectorFile.Read(folder.File("vector.gguf")), SteeringSchedule.Always(1));
        var found = await engine.GenerateAsync(Prompt, new() { MaxTokens = 12, Steering = plan }, Token);

        Assert.NotEqual(bare, wanted);
        Assert.Equal(wanted, found.Tokens.TakeWhile(static token => token != 2));
    }

    private static Decoder Network()
    {
        var network = new Decoder(Shape, new SeededRandom(6));
        using (no_grad())
            network.Parameters.Values.mul_(8);
        return network;
    }

    private static float[] Logits(Decoder network)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var hidden = network.Forward(network.Embed(Ids(Prompt).unsqueeze(0)));
        return network.Logits(hidden[0, -1]).data<float>().ToArray();
    }

    private static void Disturb(ITuning tuning, double deviation)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var random = new SeededRandom(13);
        double[] noise = [.. Enumerable.Range(0, (int)tuning.Parameters.Count).Select(_ => deviation * SeededRandom.Normal(random))];
        tuning.Parameters.Values.add_(tensor(noise).to(tuning.Parameters.Values.dtype));
    }

    private static Tensor Ids(int[] tokens) => tensor(Array.ConvertAll(tokens, static token => (long)token));
}
