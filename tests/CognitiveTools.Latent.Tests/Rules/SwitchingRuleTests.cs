using CognitiveTools.Latent.Rules;
using CognitiveTools.Latent.Tests.Fakes;
using CognitiveTools.Latent.Tests.Solving;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Latent.Tests.Rules;

public class SwitchingRuleTests
{
    private static readonly SwitchingOptions Plain = new()
    {
        Open = 6,
        Close = 7,
        Window = 0,
        Sampling = new() { TopK = 8, MinP = 0, MaxTopK = int.MaxValue }
    };

    // Every word is fed as itself in both modes.
    private static readonly SwitchingOptions Words = Plain with { Explicit = Enumerable.Range(0, 8).ToHashSet() };

    [Fact]
    public async Task Words_are_booked_as_generated_and_their_text_is_the_answer()
    {
        var model = new FakeLatentModel { AnswerLength = 2 };

        // The likeliest word at every step, so that no draw ends the turn early.
        var reasoning = await Solves.SolveAsync(model, new SwitchingRule(Words with { Sampling = Words.Sampling with { TopK = 1 } }), 3);

        var thoughts = reasoning.Usage.Latent;
        Assert.Equal(5 - thoughts, reasoning.Usage.Generated);
        Assert.Equal(model.Forwarded, reasoning.Usage.Positions);
        Assert.Equal(reasoning.Answer, Assert.IsType<Said>(reasoning.Steps[^1]).Text);
        Assert.Equal(thoughts, reasoning.Steps.OfType<Thought>().Count());
    }

    [Fact]
    public async Task An_end_of_turn_in_words_ends_the_solve_without_a_further_answer()
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var model = new FakeLatentModel { AnswerLength = 3 };
            var reasoning = await Solves.SolveAsync(model, new SwitchingRule(Words), 40, Solves.SixTokens with { Seed = seed });
            if (reasoning.Usage.Latent + reasoning.Usage.Generated >= 40
                || reasoning.Answer.EndsWith("<|end-latent|>", StringComparison.Ordinal))
                continue;

            Assert.Equal(StopReason.Completed, reasoning.Stop);
            Assert.Equal(model.Forwarded, reasoning.Usage.Positions);
            return;
        }

        Assert.Fail("No seed ended its turn.");
    }

    [Theory]
    [InlineData("think")]
    [InlineData("endthink")]
    [InlineData("first")]
    [InlineData("alpha")]
    [InlineData("beta")]
    [InlineData("window")]
    [InlineData("switches")]
    [InlineData("topk")]
    public async Task A_setting_out_of_range_is_refused_by_name(string name)
    {
        var options = name switch
        {
            "think" => Plain with { Open = 8 },
            "endthink" => Plain with { Close = -1 },
            "first" => Plain with { First = 9 },
            "alpha" => Plain with { Alpha = 1.1f },
            "beta" => Plain with { Beta = float.NaN },
            "window" => Plain with { Window = -1 },
            "switches" => Plain with { MaxSwitches = 0 },
            _ => Plain with { Sampling = new() { TopK = 9 } },
        };

        var refusal = await Assert.ThrowsAsync<ArgumentException>(
            () => Solves.SolveAsync(new FakeLatentModel(), new SwitchingRule(options), 1));

        Assert.Contains($"'{name}'", refusal.Message, StringComparison.Ordinal);
    }
}
