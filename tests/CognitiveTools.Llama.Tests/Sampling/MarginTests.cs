using CognitiveTools.Latents;
using CsCheck;

namespace CognitiveTools.Llama.Tests.Sampling;

public sealed class MarginTests
{
    [Fact]
    public async Task The_margins_of_a_continuation_are_those_of_the_predictions_it_came_from()
    {
        await using var engine = TestModels.Engine();
        var prompt = TestModels.Prompt(10);
        using var sequence = engine.Begin();
        await sequence.AppendAsync(prompt, TestContext.Current.CancellationToken);

        var continued = await sequence.ContinueAsync(TestModels.Greedy(5) with { Margins = true }, TestContext.Current.CancellationToken);

        using var stepped = engine.Begin();
        var prediction = await stepped.AppendAsync(prompt, TestContext.Current.CancellationToken);
        Assert.Equal(continued.Tokens.Count, continued.Margins.Count);
        for (var i = 0; i < continued.Tokens.Count; i++)
        {
            var logits = prediction.Logits.ToArray();
            var best = logits.Select(l => Math.Exp(l) / logits.Sum(x => Math.Exp(x))).OrderDescending().Take(2).ToArray();
            Assert.Equal(best[0] - best[1], continued.Margins[i], 1e-4);
            prediction = await stepped.AppendAsync(new[] { continued.Tokens[i] }, TestContext.Current.CancellationToken);
        }

        Assert.Empty((await engine.GenerateAsync(prompt, TestModels.Greedy(3), TestContext.Current.CancellationToken)).Margins);
    }

    [Fact]
    public void A_margin_is_the_gap_of_the_two_largest_shares() =>
        Gen.Float[-30, 30].Array[2, 40].Sample(logits =>
        {
            var best = logits.Select(l => Math.Exp(l) / logits.Sum(x => Math.Exp(x))).OrderDescending().Take(2).ToArray();
            Assert.Equal(best[0] - best[1], TokenMargin.Of(logits), 1e-9);
        });
}
