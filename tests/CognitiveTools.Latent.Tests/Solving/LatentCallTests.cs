using CognitiveTools.Calls;
using CognitiveTools.Latent.Controls;
using CognitiveTools.Latent.Solving;
using CognitiveTools.Latent.Tests.Fakes;
using CognitiveTools.Latent.Thoughts;
using CognitiveTools.Latents;
using CognitiveTools.Reasoners;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Latent.Tests.Solving;

public class LatentCallTests
{
    // The tool's context: begin token and "ccc" for any question; the main one: begin token and "abc".
    private static readonly LatentCall Tool = new("understand_question", _ => [new ChatMessage(ChatRole.User, "ccc")]);

    [Fact]
    public async Task The_thoughts_are_those_of_the_tools_context_and_reach_the_main_one_as_they_were_fed()
    {
        var model = new FakeLatentModel { AnswerLength = 2 };
        var alone = new FakeLatentModel();
        await using var context = alone.Begin();
        var prediction = await context.AppendAsync(alone.Tokenizer.EncodeChat(Tool.Prompt(new Question("q", ""))),
            TestContext.Current.CancellationToken);
        for (var i = 0; i < 3; i++)
            prediction = await context.AppendAsync(Rescaled(alone, prediction), TestContext.Current.CancellationToken);

        await SolveAsync(model, Solves.Norm, 3);

        Assert.Equal([.. alone.FedEmbeddings, .. alone.FedEmbeddings], model.FedEmbeddings);
    }

    [Fact]
    public async Task The_bill_has_the_tools_prompt_its_thoughts_and_the_hand_over_and_counts_every_position()
    {
        var model = new FakeLatentModel { AnswerLength = 2 };

        var reasoning = await SolveAsync(model, Solves.Norm, 3);

        Assert.Equal((4 + 3, 4, 3, 2),
            (reasoning.Usage.Prompt, reasoning.Usage.ToolPrompt, reasoning.Usage.Latent, reasoning.Usage.Generated));
        Assert.Equal(model.Forwarded, reasoning.Usage.Positions);
        Assert.Equal(0, model.OpenSequences);
        Assert.Equal(["Thought", "Thought", "Thought", "Called", "Said"], reasoning.Steps.Select(s => s.GetType().Name));
        var called = reasoning.Steps.OfType<Called>().Single();
        Assert.Equal(("understand_question", nameof(CallOutcome.Answered)), (called.Tool, called.Outcome));
    }

    [Fact]
    public async Task A_solve_never_holds_two_lanes_at_once()
    {
        var most = 0;
        FakeLatentModel? model = null;
        model = new FakeLatentModel { AnswerLength = 2, OnAppend = (_, _) => most = Math.Max(most, model!.OpenSequences) };

        await SolveAsync(model, Solves.Norm, 3);

        Assert.Equal(1, most);
    }

    [Fact]
    public async Task The_control_zeroed_hands_zeros_over()
    {
        var model = new FakeLatentModel { AnswerLength = 2 };

        await SolveAsync(model, new Zeroed(Solves.Norm), 2);

        Assert.Equal(4, model.FedEmbeddings.Count);
        Assert.All(model.FedEmbeddings, row => Assert.All(row, x => Assert.Equal(0, x)));
    }

    [Fact]
    public async Task The_control_greedy_hands_tokens_over()
    {
        var model = new FakeLatentModel { AnswerLength = 2 };

        var reasoning = await SolveAsync(model, new GreedyTokens(Solves.Norm), 2);

        Assert.Empty(model.FedEmbeddings);
        Assert.Equal(model.Forwarded, reasoning.Usage.Positions);
    }

    [Fact]
    public async Task The_control_dropped_takes_what_was_handed_over_away_again()
    {
        var model = new FakeLatentModel { AnswerLength = 2 };

        var reasoning = await SolveAsync(model, new CacheDropped(Solves.Norm), 3);
        var direct = await Solves.SolveAsync(new FakeLatentModel { AnswerLength = 2 }, new CacheDropped(Solves.Norm), 3);

        Assert.Equal(direct.Answer, reasoning.Answer);
        Assert.Equal((4, 3, 4), (reasoning.Usage.Prompt, reasoning.Usage.Latent, reasoning.Usage.Discarded));
        Assert.Equal(model.Forwarded, reasoning.Usage.Positions);
    }

    [Fact]
    public async Task The_control_transplanted_thinks_about_the_donor_in_the_tools_context()
    {
        var seen = new List<string>();
        var call = new LatentCall("understand_question", question =>
        {
            seen.Add(question.Id);
            return [new ChatMessage(ChatRole.User, question.Text)];
        });

        await SolveAsync(new FakeLatentModel { AnswerLength = 2 },
            new Transplanted(Solves.Norm, [new("d1", "bb"), new("d2", "cb")]), 2, call);

        Assert.Equal(2, seen.Count);
        Assert.Contains("q1", seen);
    }

    [Theory]
    [InlineData(8, 0)]
    [InlineData(12, 1)]
    [InlineData(14, 2)]
    public async Task Positions_that_run_out_leave_room_for_the_hand_over_and_an_answer(int positions, int thoughts)
    {
        var model = new FakeLatentModel { AnswerLength = 1 };

        var reasoning = await SolveAsync(model, Solves.Norm, 5,
            options: new SolveOptions { Budget = new Budget { Positions = positions, TokensPerTurn = 6 } });

        Assert.Equal(thoughts, reasoning.Usage.Latent);
        Assert.Equal(["positions"], reasoning.LimitsHit);
        Assert.Equal(1, reasoning.Usage.Generated);
        Assert.InRange(reasoning.Usage.Positions, 1, positions);
    }

    [Fact]
    public void A_comparison_with_greedy_decoding_is_refused() =>
        Assert.Contains("ComparesWithGreedy", Assert.Throws<ArgumentException>(() => new LatentReasoner(new FakeLatentModel(), Solves.Norm,
            Solves.Setup(2) with { Call = Tool, ComparesWithGreedy = true })).Message, StringComparison.Ordinal);

    private static Task<Reasoning> SolveAsync(FakeLatentModel model, IThoughtRule rule, int steps, LatentCall? call = null,
        SolveOptions? options = null) =>
        new LatentReasoner(model, rule, Solves.Setup(steps) with { Call = call ?? Tool }).SolveAsync(
            new Question("q1", "abc"), options ?? Solves.SixTokens, TestContext.Current.CancellationToken);

    private static float[] Rescaled(FakeLatentModel model, Prediction prediction)
    {
        var norm = MathF.Sqrt(prediction.Hidden.Span.ToArray().Sum(x => x * x));
        return [.. prediction.Hidden.Span.ToArray().Select(x => x * (model.Embeddings.MeanNorm / norm))];
    }
}
