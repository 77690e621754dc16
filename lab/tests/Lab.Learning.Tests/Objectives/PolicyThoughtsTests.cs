using CognitiveTools.Lab.Learning.Networks;
using CognitiveTools.Lab.Learning.Objectives;
using CognitiveTools.Lab.Learning.Tests.Networks;
using CognitiveTools.Lab.Training.Corpora;
using CognitiveTools.Randomness;
using TorchSharp;
using static TorchSharp.torch;

namespace CognitiveTools.Lab.Learning.Tests.Objectives;

public sealed class PolicyThoughtsTests
{
    private const int Thoughts = 3;
    private static readonly int Stop = SmallCorpus.Words.Control(MiniVocabulary.MessageEnd);

    [Theory]
    [InlineData(false, 0)]
    [InlineData(false, 0.5)]
    [InlineData(true, 0.5)]
    public void Gradients_through_the_thoughts_are_those_of_central_differences(bool isPause, double noise)
    {
        using var network = SmallNetwork.Create(SmallCorpus.Words.Count);
        var thoughts = Of(isPause, noise);
        var sampled = Sampled(network, thoughts);
        SmallNetwork.CheckGradients(network.Parameters, () => GroupPolicy.Loss(network, sampled, 0.8, 0.2, thoughts), samples: 80);
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(false, 0.5)]
    [InlineData(true, 0.5)]
    public void The_probabilities_are_those_of_one_text_after_the_other_without_cache_or_padding(bool isPause, double noise)
    {
        using var network = SmallNetwork.Create(SmallCorpus.Words.Count);
        var thoughts = Of(isPause, noise);
        var sampled = Sampled(network, thoughts);
        var logs = Logs(network, sampled, thoughts);
        double[] alone = [.. sampled.Targets.SelectMany((_, text) => Alone(network, sampled, text, isPause))];
        Assert.Equal(alone.Length, logs.Length);
        Assert.All(alone.Zip(logs), static pair => Assert.Equal(pair.First, pair.Second, 1e-9));
    }

    [Fact]
    public void Thoughts_that_texts_share_are_those_that_each_would_think_with_hardly_any_noise()
    {
        using var network = SmallNetwork.Create(SmallCorpus.Words.Count);
        var sampled = Sampled(network, Of(false, 1e-13));
        var own = Logs(network, sampled, Of(false, 1e-13));
        Assert.All(Logs(network, sampled, Of(false, 0)).Zip(own), static pair => Assert.Equal(pair.First, pair.Second, 1e-6));
        Assert.Contains(Logs(network, sampled, null).Zip(own), static pair => Math.Abs(pair.First - pair.Second) > 1e-3);
    }

    [Fact]
    public void Without_thoughts_noise_changes_nothing()
    {
        using var network = Small();
        var settings = new PolicySettings { Group = 4, Limit = 12, IsRandom = true };
        var plain = new GroupPolicy(SmallCorpus.Words, settings with { Noise = 0 });
        var noisy = new GroupPolicy(SmallCorpus.Words, settings with { Noise = 5 });
        using var scope = NewDisposeScope();
        var loss = plain.Loss(network, SmallCorpus.Batch(0), new SeededRandom(3)).item<float>();
        Assert.NotEqual(0, loss);
        Assert.Equal(loss, noisy.Loss(network, SmallCorpus.Batch(0), new SeededRandom(3)).item<float>());
    }

    [Fact]
    public void An_update_thinks_with_the_noise_that_the_text_was_drawn_with()
    {
        using var network = Small();
        // At this temperature a text is what its thoughts make the most probable one, so another noise would make it improbable.
        var settings = new PolicySettings { Group = 6, Limit = 10, Temperature = 0.01, Thoughts = Thoughts, Noise = 100, IsRandom = true };
        var policy = new GroupPolicy(SmallCorpus.Words, settings);
        var sampled = policy.Draw(network, SmallCorpus.Batch(0), new SeededRandom(3));

        Assert.True(sampled.Deviation > 0);
        Assert.Contains(
            sampled.Targets.Zip(sampled.PromptOf).GroupBy(static text => text.Second, static text => string.Join(' ', text.First)),
            static group => group.Distinct().Count() > 1);
        Assert.InRange(Probable(sampled), 0.9, 1);
        Assert.InRange(Probable(sampled with { NoiseOf = [.. sampled.NoiseOf.Reverse()] }), 0, 0.8);

        double Probable(SampledTexts texts)
        {
            using var scope = NewDisposeScope();
            using var frozen = no_grad();
            var logs = GroupPolicy.LogProbabilities(network, texts, settings.Temperature, policy.Thoughts).data<float>().ToArray();
            return logs.Count(static log => log > Math.Log(0.5)) / (double)logs.Length;
        }
    }

    [Fact]
    public void The_noise_has_the_deviation_that_is_asked_for_and_is_a_texts_own()
    {
        using var network = Small();
        using var scope = NewDisposeScope();
        var thoughts = Of(false, 0.33);
        var deviation = thoughts.Deviation(network);
        double[] embeddings = [.. network.Embedding.detach().data<float>().Select(static value => (double)value * value)];
        Assert.Equal(0.33 * Math.Sqrt(embeddings.Average()), deviation, 1e-6);

        var noise = thoughts.Noise(network, 9, deviation, [4, 7, 4, .. Enumerable.Range(8, 200)]);
        Assert.Equal([203, Thoughts, network.Shape.Width], noise.shape);
        Assert.Equal(deviation, noise.std().item<float>(), 0.03 * deviation);
        Assert.Equal(0, noise.mean().item<float>(), 0.05 * deviation);
        Assert.Equal(noise[0].data<float>().ToArray(), noise[2].data<float>().ToArray());
        Assert.NotEqual(noise[0].data<float>().ToArray(), noise[1].data<float>().ToArray());
    }

    private static PolicyThoughts Of(bool isPause, double noise) => new(SmallCorpus.Cutter, Thoughts, isPause, noise);

    private static Decoder Small()
    {
        var network = new Decoder(new DecoderShape(SmallCorpus.Words.Count, 16, 2, 2, 24, 256), new SeededRandom(5));
        using (no_grad())
            network.Parameters.Values.mul_(4);
        return network;
    }

    private static SampledTexts Sampled(Decoder network, PolicyThoughts thoughts)
    {
        int[][] prompts =
            [thoughts.Prompt(SmallCorpus.File.Question(0).Prompt), thoughts.Prompt(SmallCorpus.File.Question(1).Prompt[..^3])];
        var texts = Enumerable.Range(0, 5).Select(row => SmallCorpus.File.Question(row).Text).ToArray();
        int[][] targets = [[.. texts[0], Stop], texts[1][..4], [Stop], [.. texts[3], Stop], texts[4][..9]];
        var sampled = new SampledTexts(prompts, [0, 0, 0, 1, 1], targets, [1.2, -0.7, -0.5, 0.9, -0.9], 100)
        {
            NoiseSeed = 17,
            Deviation = thoughts.Deviation(network),
            NoiseOf = thoughts.IsNoisy ? [3, 1, 0, 9, 8] : [],
        };
        var random = new SeededRandom(9);
        sampled.Old = [.. Logs(network, sampled, thoughts).Select(log => log + (random.Percent(50) ? 0.1 : -0.3))];
        return sampled;
    }

    private static double[] Logs(Decoder network, SampledTexts sampled, PolicyThoughts? thoughts)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        return GroupPolicy.LogProbabilities(network, sampled, 0.8, thoughts).data<double>().ToArray();
    }

    // The whole sequence anew for every thought, as embeddings.
    private static double[] Alone(Decoder network, SampledTexts sampled, int text, bool isPause)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var fed = network.Embed(Ids(sampled.Prompts[sampled.PromptOf[text]]));
        var random = sampled.NoiseOf.Length == 0 ? null : SeededRandom.For(sampled.NoiseSeed, $"noise {sampled.NoiseOf[text]}");
        for (var i = 0; i < Thoughts; i++)
        {
            var thought = isPause ? network.Embedding[SmallCorpus.Cutter.Pause] : network.Forward(fed)[0, -1];
            double[] noise =
                [.. Enumerable.Range(0, 16).Select(_ => random is null ? 0 : (float)(sampled.Deviation * SeededRandom.Normal(random)))];
            fed = cat([fed, (thought + tensor(noise)).view(1, 1, 16)], 1);
        }

        var target = sampled.Targets[text];
        fed = cat([fed, network.Embed(Ids([SmallCorpus.Cutter.End, .. target[..^1]]))], 1);
        var logits = network.Logits(network.Forward(fed)[0].narrow(0, fed.shape[1] - target.Length, target.Length));
        var logs = nn.functional.log_softmax(logits / 0.8, -1);
        return [.. target.Select((token, at) => logs[at, token].item<double>())];

        static Tensor Ids(int[] tokens) => tensor(Array.ConvertAll(tokens, static id => (long)id)).unsqueeze(0);
    }
}
