using CognitiveTools.Lab.Learning.Data;
using CognitiveTools.Lab.Learning.Networks;
using CognitiveTools.Lab.Learning.Objectives;
using CognitiveTools.Lab.Learning.Tests.Networks;
using CognitiveTools.Lab.Training.Corpora;
using CognitiveTools.Randomness;
using TorchSharp;
using static TorchSharp.torch;

namespace CognitiveTools.Lab.Learning.Tests.Objectives;

public sealed class GroupPolicyTests
{
    private static readonly int Stop = SmallCorpus.Words.Control(MiniVocabulary.MessageEnd);

    [Fact]
    public void Gradients_are_those_of_central_differences_where_some_ratios_are_clipped_and_some_are_not()
    {
        using var network = Network();
        var sampled = Sampled(network);
        var ratios = Logs(network, sampled, 0.8).Zip(sampled.Old!, static (now, then) => Math.Exp(now - then)).ToArray();
        Assert.Contains(ratios, static ratio => ratio > 1.2);
        Assert.Contains(ratios, static ratio => ratio is > 0.8 and < 1.2);
        SmallNetwork.CheckGradients(network.Parameters, () => GroupPolicy.Loss(network, sampled, 0.8, 0.2), samples: 80);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(0.7, 0.7)]
    [InlineData(3, 0.7)]
    public void The_loss_is_what_one_text_after_the_other_gives_without_cache_or_padding(double first, double others)
    {
        var temperature = new Temperatures(first, others);
        using var network = Network();
        var sampled = Sampled(network);
        var (sum, at) = (0.0, 0);
        for (var i = 0; i < sampled.Targets.Length; i++)
        {
            foreach (var now in Alone(network, sampled.Prompts[sampled.PromptOf[i]], sampled.Targets[i], temperature))
            {
                var ratio = Math.Exp(now - sampled.Old![at++]);
                var advantage = sampled.Advantages[i];
                sum += Math.Min(ratio * advantage, Math.Clamp(ratio, 0.8, 1.2) * advantage);
            }
        }

        using var scope = NewDisposeScope();
        Assert.Equal(-sum / sampled.Tokens, GroupPolicy.Loss(network, sampled, temperature, 0.2).item<double>(), 1e-9);
    }

    [Fact]
    public void The_first_update_of_drawn_texts_has_ratios_of_one_and_the_second_those_of_the_changed_network()
    {
        using var scope = NewDisposeScope();
        using var network = Network();
        var sampled = Sampled(network) with { Old = null };
        var gain = sampled.Targets.Zip(sampled.Advantages).Sum(static text => text.First.Length * text.Second) / sampled.Tokens;
        Assert.Equal(-gain, GroupPolicy.Loss(network, sampled, 1, 0.2).item<double>(), 1e-9);
        using (no_grad())
            network.Parameters.Values.mul_(1.01);
        Assert.NotEqual(-gain, GroupPolicy.Loss(network, sampled, 1, 0.2).item<double>(), 1e-6);
    }

    [Fact]
    public void Advantages_are_distances_from_the_mean_in_deviations()
    {
        var advantages = GroupPolicy.Advantages([1, 0, 0, 0]);
        Assert.Equal(0.75 / (Math.Sqrt(3) / 4 + 1e-4), advantages[0], 1e-12);
        Assert.Equal(-0.25 / (Math.Sqrt(3) / 4 + 1e-4), advantages[1], 1e-12);
        Assert.Equal([0, 0], GroupPolicy.Advantages([1, 1]));
    }

    [Fact]
    public void Texts_are_drawn_in_groups_end_with_the_stop_and_leave_out_groups_whose_rewards_are_equal()
    {
        using var network = Network(scale: 1, type: ScalarType.Float32);
        var batch = SmallCorpus.Batch(0);
        var settings = new PolicySettings { Group = 8, Limit = 12 };
        // Random weights answer nothing, so all rewards are 0; a coin's differ.
        var none = new GroupPolicy(SmallCorpus.Words, settings).Draw(network, batch, new SeededRandom(3));
        var coin = new GroupPolicy(SmallCorpus.Words, settings with { IsRandom = true });
        var some = coin.Draw(network, batch, new SeededRandom(3));

        Assert.Single(none.Prompts);
        Assert.All(none.Advantages, static advantage => Assert.Equal(0, advantage));
        Assert.Equal((40, 5), (coin.Tally.Texts, coin.Tally.Groups));
        Assert.InRange(some.Prompts.Length, 2, 5);
        Assert.Equal(coin.Tally.Mixed, some.Prompts.Length);
        Assert.Equal(8 * some.Prompts.Length, some.Targets.Length);
        Assert.All(some.Targets, text => Assert.True(text.Length == 12 || (text[^1] == Stop && text.Length < 12)));
        Assert.InRange(some.Tokens, some.Targets.Sum(static text => (long)text.Length), 40 * 12);
        Assert.All(
            some.PromptOf.Zip(some.Advantages).GroupBy(static text => text.First, static text => text.Second),
            static group => Assert.Equal((8, 0), (group.Count(), Math.Round(group.Sum(), 9))));
    }

    [Theory]
    [InlineData("1:2*2=4;\nANSWER: 4", false, true)]
    [InlineData("ANSWER: 4", false, true)]
    [InlineData("ANSWER: 5", false, false)]
    [InlineData("4", false, false)]
    [InlineData("ANSWER: 4", true, false)]
    public void A_reward_is_for_the_answer_that_the_suites_read(string text, bool cut, bool right)
    {
        var worked = SmallCorpus.Words.Encode("1:2*2=4;\nANSWER: 4").ToArray();
        Assert.Equal(right, new AnswerReward(SmallCorpus.Words).IsRight([.. SmallCorpus.Words.Encode(text)], worked, cut));
    }

    private static Decoder Network(double scale = 4, ScalarType type = ScalarType.Float64)
    {
        var network = new Decoder(new DecoderShape(SmallCorpus.Words.Count, 16, 2, 2, 24, 256), new SeededRandom(5), type);
        using var scope = NewDisposeScope();
        using (no_grad())
            network.Parameters.Values.mul_(scale);
        return network;
    }

    // Log-probabilities of then are 0.1 above or 0.3 below those of now: half of the ratios lies beyond the clip.
    private static SampledTexts Sampled(Decoder network)
    {
        int[][] prompts = [SmallCorpus.File.Question(0).Prompt, SmallCorpus.File.Question(1).Prompt[..^3]];
        var texts = Enumerable.Range(0, 5).Select(row => SmallCorpus.File.Question(row).Text).ToArray();
        int[][] targets = [[.. texts[0], Stop], texts[1][..4], [Stop], [.. texts[3], Stop], texts[4][..9]];
        var sampled = new SampledTexts(prompts, [0, 0, 0, 1, 1], targets, [1.2, -0.7, -0.5, 0.9, -0.9], 100);
        var random = new SeededRandom(9);
        sampled.Old = [.. Logs(network, sampled, 0.8).Select(log => log + (random.Percent(50) ? 0.1 : -0.3))];
        return sampled;
    }

    private static double[] Logs(Decoder network, SampledTexts sampled, double temperature)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        return GroupPolicy.LogProbabilities(network, sampled, temperature).data<double>().ToArray();
    }

    private static double[] Alone(Decoder network, int[] prompt, int[] text, Temperatures temperature)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var ids = tensor(((int[])[.. prompt, .. text[..^1]]).Select(static id => (long)id).ToArray()).unsqueeze(0);
        var logits = network.Logits(network.Forward(network.Embed(ids))[0].narrow(0, prompt.Length - 1, text.Length));
        return [.. text.Select((token, at) => nn.functional.log_softmax(logits[at] / temperature.At(at), -1)[token].item<double>())];
    }
}
