using CognitiveTools.Lab.Learning.Networks;
using CognitiveTools.Randomness;

namespace CognitiveTools.Lab.Learning.Tests.Networks;

public sealed class SamplerTests
{
    private static readonly DecoderShape Shape = new(50, 64, 2, 2, 96, 128);
    private const int Stop = 49;

    [Fact]
    public void Prompts_together_are_continued_as_each_alone()
    {
        using var network = new Decoder(Shape, new SeededRandom(8));
        using (TorchSharp.torch.no_grad())
            network.Parameters.Values.mul_(8);
        var sampler = new Sampler(network, Stop) { Limit = 30 };
        var random = new SeededRandom(4);
        int[][] prompts = [.. Enumerable.Range(0, 20).Select(i => Enumerable.Range(0, 2 + i % 7).Select(_ => random.Below(50)).ToArray())];

        var together = sampler.Continue(prompts);

        Assert.Contains(together, static text => text.Count < 30); // some stop early, so that rows are dropped
        for (var i = 0; i < prompts.Length; i++)
            Assert.Equal(sampler.Continue([prompts[i]])[0], together[i]);
    }

    [Fact]
    public void Draws_follow_the_probabilities()
    {
        using var network = new Decoder(Shape, new SeededRandom(8));
        using (TorchSharp.torch.no_grad())
            network.Parameters.Values.mul_(3);
        int[] prompt = [1, 2, 3];
        var draws = new Sampler(network, Stop) { Limit = 1, Temperature = 1, Random = new SeededRandom(2) }
            .Continue([.. Enumerable.Repeat(prompt, 4000)]);
        var counts = draws.Select(static text => text.Count == 0 ? Stop : text[0]).CountBy(static token => token).ToDictionary();

        var probabilities = Probabilities(network, prompt);
        Assert.All(Enumerable.Range(0, 50), token =>
        {
            var expected = 4000 * probabilities[token];
            Assert.InRange(counts.GetValueOrDefault(token), expected - 5 * Math.Sqrt(expected + 1), expected + 5 * Math.Sqrt(expected + 1));
        });
    }

    [Fact]
    public void Copies_of_a_prompt_are_continued_as_prompts_of_their_own()
    {
        using var network = new Decoder(Shape, new SeededRandom(8));
        using (TorchSharp.torch.no_grad())
            network.Parameters.Values.mul_(8);
        int[][] prompts = [[5, 6, 7, 8], [9, 1], [2, 3, 4]];
        var alone = new Sampler(network, Stop) { Limit = 20 }.Continue(prompts);
        var copied = new Sampler(network, Stop) { Limit = 20, Copies = 3 }.Continue(prompts);
        Assert.Equal(9, copied.Count);
        for (var i = 0; i < copied.Count; i++)
            Assert.Equal(alone[i / 3], copied[i]);
        var drawn = new Sampler(network, Stop) { Limit = 20, Copies = 3, Temperature = 3, Random = new SeededRandom(2) }.Continue(prompts);
        Assert.NotEqual(drawn[0], drawn[1]); // each copy has draws of its own
    }

    [Fact]
    public void Each_copy_thinks_with_the_noise_of_its_own_number()
    {
        using var network = new Decoder(Shape, new SeededRandom(8));
        using (TorchSharp.torch.no_grad())
            network.Parameters.Values.mul_(8);
        int[][] prompts = [[5, 6, 7, 8], [9, 1], [2, 3, 4]];
        var copied = Noisy(3, 0).Continue(prompts);

        Assert.Equal(9, copied.Count);
        Assert.Contains(Enumerable.Range(0, 3), i => !copied[3 * i].SequenceEqual(copied[3 * i + 1]));
        for (var i = 0; i < copied.Count; i++)
            Assert.Equal(Noisy(1, i).Continue([prompts[i / 3]])[0], copied[i]);

        Sampler Noisy(int copies, int first) => new(network, Stop)
        {
            Limit = 20,
            Copies = copies,
            Thoughts = 2,
            After = [7],
            Noise = numbers => TorchSharp.torch.cat([.. numbers.Select(number => Of(first + number))], 0),
        };

        static TorchSharp.torch.Tensor Of(int number)
        {
            var random = SeededRandom.For(6, $"{number}");
            float[] values = [.. Enumerable.Range(0, 2 * 64).Select(_ => 3 * (float)SeededRandom.Normal(random))];
            return TorchSharp.torch.tensor(values, [1, 2, 64]);
        }
    }

    [Fact]
    public void A_temperature_of_the_first_token_leaves_the_others_greedy()
    {
        using var network = new Decoder(Shape, new SeededRandom(8));
        int[][] prompts = [[1, 2, 3]];
        var texts = new Sampler(network, Stop) { Limit = 6, Copies = 12, Temperature = new(50, 0), Random = new SeededRandom(2) }
            .Continue(prompts);
        Assert.InRange(texts.Select(static text => text[0]).Distinct().Count(), 4, 12);
        Assert.All(texts, text => Assert.Equal(
            text.Skip(1), new Sampler(network, Stop) { Limit = 5 }.Continue([[.. prompts[0], text[0]]])[0]));
    }

    [Fact]
    public void A_temperature_without_a_generator_is_refused()
    {
        using var network = new Decoder(Shape, new SeededRandom(8));
        Assert.Throws<InvalidOperationException>(() => new Sampler(network, Stop) { Temperature = 1 }.Continue([[1]]));
    }

    private static float[] Probabilities(Decoder network, int[] prompt)
    {
        using var scope = TorchSharp.torch.NewDisposeScope();
        using var frozen = TorchSharp.torch.no_grad();
        var ids = TorchSharp.torch.tensor(Array.ConvertAll(prompt, static token => (long)token)).unsqueeze(0);
        var logits = network.Logits(network.Forward(network.Embed(ids)).select(1, prompt.Length - 1));
        return TorchSharp.torch.nn.functional.softmax(logits, -1).flatten().data<float>().ToArray();
    }
}
