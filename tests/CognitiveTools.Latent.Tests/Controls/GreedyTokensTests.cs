using CognitiveTools.Latent.Controls;
using CognitiveTools.Latent.Rules;
using CognitiveTools.Latent.Tests.Fakes;
using CognitiveTools.Latent.Tests.Solving;
using CognitiveTools.Latents;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Latent.Tests.Controls;

public class GreedyTokensTests
{
    private static readonly SoftMixture Soft = new(new() { TopK = 8, Temperature = 2 });

    [Fact]
    public async Task The_shadow_feeds_what_greedy_decoding_writes_and_as_many()
    {
        var model = new FakeLatentModel();

        var reasoning = await Solves.SolveAsync(model, new GreedyTokens(Soft), 4);

        Assert.Equal(await GreedyAsync(4), reasoning.Steps.OfType<Thought>().Select(t => t.Nearest[0].Text));
        Assert.All(reasoning.Steps.OfType<Thought>(), t => Assert.Equal("token", t.Kind));
        Assert.Empty(model.FedEmbeddings);
        Assert.Equal(4, reasoning.Usage.Latent);
    }

    [Fact]
    public async Task The_wrapped_rules_stop_stays()
    {
        var first = (await GreedyAsync(1))[0];
        var rule = new SoftMixture(new() { TopK = 8, StopToken = new FakeTokenizer().Find(first) });

        var reasoning = await Solves.SolveAsync(new FakeLatentModel(), new GreedyTokens(rule), 4);

        Assert.Equal("token", Assert.Single(reasoning.Steps.OfType<Thought>()).Kind);
    }

    [Fact]
    public void A_control_around_the_shadow_is_refused_because_it_feeds_tokens() =>
        Assert.Throws<ArgumentException>(() => new Zeroed(new GreedyTokens(Soft)));

    [Fact]
    public async Task A_mixture_close_to_its_top_token_agrees_with_greedy_decoding_and_has_little_spread()
    {
        var model = new FakeLatentModel();
        var cold = await SolveAsync(model, new SoftMixture(new() { TopK = 8, Temperature = .01f }), 6);

        var agreement = Assert.Single(cold.Steps.OfType<Agreement>());
        Assert.Equal((6, 6), (agreement.Thoughts, agreement.Identical));
        Assert.Equal(0, agreement.Spread, 1e-3);
        Assert.Equal(5, cold.Usage.Discarded);
        Assert.Equal(model.Forwarded, cold.Usage.Positions);
        Assert.Equal(0, model.OpenSequences);
    }

    [Fact]
    public async Task A_wide_mixture_has_the_spread_of_its_weights_and_leaves_greedy_decoding()
    {
        var warm = await SolveAsync(new FakeLatentModel(), new SoftMixture(new() { TopK = 8, Temperature = 50, TopP = 1, MinP = 0 }), 8);

        var agreement = Assert.Single(warm.Steps.OfType<Agreement>());
        var greedy = await GreedyAsync(8);
        Assert.Equal(warm.Steps.OfType<Thought>().Where((t, i) => t.Nearest[0].Text == greedy[i]).Count(), agreement.Identical);
        Assert.InRange(agreement.Identical, 1, 7);
        Assert.Equal(warm.Steps.OfType<Thought>().Average(t => t.Spread!.Value), agreement.Spread, 1e-12);
        Assert.InRange(agreement.Spread, 0.8, 0.9); // nearly even over eight tokens
    }

    [Fact]
    public async Task Without_positions_for_it_the_comparison_is_left_out_and_a_note_says_so()
    {
        var reasoning = await SolveAsync(new FakeLatentModel { AnswerLength = 1 }, Soft, 6,
            new() { Budget = new Budget { Positions = 14 } });

        Assert.Empty(reasoning.Steps.OfType<Agreement>());
        Assert.Contains("no positions left", Assert.Single(reasoning.Notes), StringComparison.Ordinal);
        Assert.InRange(reasoning.Usage.Positions, 1, 14);
    }

    private static Task<Reasoning> SolveAsync(FakeLatentModel model, SoftMixture rule, int steps, SolveOptions? options = null) =>
        new Latent.Solving.LatentReasoner(model, rule, Solves.Setup(steps) with { ComparesWithGreedy = true })
            .SolveAsync(new Question("q1", "abc"), options ?? Solves.SixTokens, TestContext.Current.CancellationToken);

    private static async Task<string[]> GreedyAsync(int count)
    {
        var model = new FakeLatentModel();
        await using var sequence = model.Begin();
        var prediction = await sequence.AppendAsync(model.Tokenizer.EncodeChat([new(Microsoft.Extensions.AI.ChatRole.User, "abc")]));
        var texts = new string[count];
        for (var i = 0; i < count; i++)
        {
            var logits = prediction.Logits.ToArray();
            var token = Array.IndexOf(logits, logits.Max());
            texts[i] = model.Tokenizer.Describe(token);
            prediction = await sequence.AppendAsync(new[] { token });
        }

        return texts;
    }
}
