using CognitiveTools.Latent.Controls;
using CognitiveTools.Latent.Rules;
using CognitiveTools.Latent.Solving;
using CognitiveTools.Latent.Tests.Fakes;
using CognitiveTools.Latent.Thoughts;
using CognitiveTools.Latents;
using CognitiveTools.Reasoners;
using Microsoft.Extensions.Time.Testing;

namespace CognitiveTools.Latent.Tests.Solving;

public class LatentReasonerTests
{
    [Fact]
    public async Task The_trace_is_the_thoughts_and_then_what_was_said()
    {
        var seen = new List<Step>();
        var model = new FakeLatentModel { AnswerLength = 2 };

        var reasoning = await Solves.SolveAsync(model, Solves.Norm, 3, Solves.SixTokens with { Observer = new Watcher(seen) });

        Assert.Equal(["Thought", "Thought", "Thought", "Said"], reasoning.Steps.Select(step => step.GetType().Name));
        Assert.Equal(reasoning.Steps, seen);
        Assert.Equal(reasoning.Answer, ((Said)reasoning.Steps[^1]).Text);
        Assert.Equal(StopReason.Completed, reasoning.Stop);
        Assert.Empty(reasoning.LimitsHit);
    }

    [Fact]
    public async Task Usage_splits_prompt_thoughts_and_answer_and_counts_every_position_forwarded()
    {
        var model = new FakeLatentModel { AnswerLength = 2 };

        var reasoning = await Solves.SolveAsync(model, Solves.Norm, 3, begin: [6], end: [7]);

        Assert.Equal((6, 3, 2, 0), (reasoning.Usage.Prompt, reasoning.Usage.Latent, reasoning.Usage.Generated, reasoning.Usage.Discarded));
        Assert.Equal(model.Forwarded, reasoning.Usage.Positions);
        Assert.Equal(0, model.OpenSequences);
    }

    [Fact]
    public async Task A_rule_that_stops_early_is_not_fed_further()
    {
        var reasoning = await Solves.SolveAsync(new FakeLatentModel { AnswerLength = 2 }, new StopsAfterTwo(), 9);

        Assert.Equal(2, reasoning.Usage.Latent);
        Assert.Equal(StopReason.Completed, reasoning.Stop);
    }

    [Fact]
    public async Task The_token_budget_of_a_turn_cuts_the_answer_and_is_named()
    {
        var reasoning = await Solves.SolveAsync(new FakeLatentModel(), Solves.Norm, 3, Solves.SixTokens);

        Assert.Equal(StopReason.TokenLimit, reasoning.Stop);
        Assert.Equal(["tokensPerTurn"], reasoning.LimitsHit);
        Assert.Equal(6, reasoning.Usage.Generated);
    }

    [Fact]
    public async Task Positions_that_run_out_in_the_thoughts_leave_room_for_a_forced_answer()
    {
        // 4 prompt + 1 end marker + 1 token leave two thoughts of five.
        var reasoning = await Solves.SolveAsync(new FakeLatentModel { AnswerLength = 1 }, Solves.Norm, 5, Positions(8), end: [7]);

        Assert.Equal(2, reasoning.Usage.Latent);
        Assert.Equal(["positions"], reasoning.LimitsHit);
        Assert.Equal(1, reasoning.Usage.Generated);
        Assert.Equal(8, reasoning.Usage.Positions);
    }

    [Fact]
    public async Task A_forced_answer_that_ends_by_itself_is_marked_forced()
    {
        var reasoning = await Solves.SolveAsync(new FakeLatentModel { AnswerLength = 0 }, Solves.Norm, 5, Positions(8), end: [7]);

        Assert.Equal(StopReason.Forced, reasoning.Stop);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_positions_budget_is_never_exceeded_by_a_rule_without_donors(bool dropped)
    {
        for (var budget = 1; budget < 20; budget++)
        {
            var model = new FakeLatentModel();
            IThoughtRule rule = dropped ? new CacheDropped(Solves.Norm) : Solves.Norm;

            var reasoning = await Solves.SolveAsync(model, rule, 5, Positions(budget));

            Assert.InRange(reasoning.Usage.Positions, 0, budget);
            Assert.Equal(model.Forwarded, reasoning.Usage.Positions);
            Assert.Equal(StopReason.TokenLimit, reasoning.Stop);
            Assert.Contains("positions", reasoning.LimitsHit);
        }
    }

    [Fact]
    public async Task A_donors_bill_can_use_up_the_budget_and_says_so()
    {
        var control = new Transplanted(Solves.Norm, [new("d1", "aab"), new("d2", "cbc")]);

        var reasoning = await Solves.SolveAsync(new FakeLatentModel(), control, 5, Positions(12));

        Assert.Equal(StopReason.TokenLimit, reasoning.Stop);
        Assert.Equal(["positions"], reasoning.LimitsHit);
        Assert.Equal("", reasoning.Answer);
        Assert.Equal(9, reasoning.Usage.Discarded);
    }

    [Fact]
    public async Task A_context_that_fills_in_the_thoughts_is_a_value_that_says_the_remedy()
    {
        var model = new FakeLatentModel { ContextLength = 6 };

        var reasoning = await Solves.SolveAsync(model, Solves.Norm, 5);

        Assert.Equal(StopReason.ContextFull, reasoning.Stop);
        Assert.Equal(2, reasoning.Usage.Latent);
        Assert.Contains("Raise the context length", reasoning.Error, StringComparison.Ordinal);
        Assert.Equal(0, model.OpenSequences);
    }

    [Fact]
    public async Task A_context_that_fills_in_the_answer_keeps_the_text()
    {
        var reasoning = await Solves.SolveAsync(new FakeLatentModel { ContextLength = 9 }, Solves.Norm, 3);

        Assert.Equal(StopReason.ContextFull, reasoning.Stop);
        Assert.Equal(2, reasoning.Answer.Length);
    }

    [Fact]
    public async Task A_failing_model_is_a_value_with_what_went_wrong()
    {
        var model = new FakeLatentModel
        {
            OnAppend = (kind, _) => _ = kind == "embeddings"
            ? throw new InvalidOperationException("decode said 3") : 0
        };

        var reasoning = await Solves.SolveAsync(model, Solves.Norm, 3);

        Assert.Equal(StopReason.Failed, reasoning.Stop);
        Assert.Equal("decode said 3", reasoning.Error);
        Assert.Equal(4, reasoning.Usage.Prompt);
        Assert.Equal(0, model.OpenSequences);
    }

    [Fact]
    public async Task The_callers_cancellation_is_thrown_and_frees_the_sequence()
    {
        using var cancel = new CancellationTokenSource();
        var model = new FakeLatentModel { OnAppend = (kind, _) => CancelOn(kind == "embeddings", cancel) };
        var reasoner = new LatentReasoner(model, Solves.Norm, Solves.Setup(5));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reasoner.SolveAsync(new Question("q", "abc"), Solves.SixTokens,
            cancel.Token));

        Assert.Equal(0, model.OpenSequences);
        Assert.Empty(model.FedEmbeddings);
    }

    [Fact]
    public async Task The_wall_time_budget_is_a_value_and_keeps_the_thoughts_so_far()
    {
        var time = new FakeTimeProvider();
        var appended = 0;
        var model = new FakeLatentModel { OnAppend = (_, _) => time.Advance(TimeSpan.FromSeconds(appended++ == 3 ? 60 : 1)) };
        var reasoner = new LatentReasoner(model, Solves.Norm, Solves.Setup(9), time);

        var reasoning = await reasoner.SolveAsync(
            new Question("q", "abc"),
            new SolveOptions { Budget = new Budget { WallTime = TimeSpan.FromSeconds(30) } },
            TestContext.Current.CancellationToken);

        Assert.Equal(StopReason.TimedOut, reasoning.Stop);
        Assert.Equal(["wallTime"], reasoning.LimitsHit);
        Assert.Equal(2, reasoning.Steps.OfType<Thought>().Count());
        Assert.Equal(TimeSpan.FromSeconds(63), reasoning.Usage.Elapsed);
    }

    [Fact]
    public async Task One_reasoner_serves_several_callers_at_once()
    {
        var rule = new SoftMixture(new() { TopK = 8, Noise = new GumbelNoise() });
        var alone = await Solves.SolveAsync(new FakeLatentModel(), rule, 6, text: "bca");
        var reasoner = new LatentReasoner(new FakeLatentModel(), rule, Solves.Setup(6));

        for (var i = 0; i < 5; i++)
        {
            var again = await reasoner.SolveAsync(new Question("q1", "bca"), Solves.SixTokens, TestContext.Current.CancellationToken);
            Assert.Equal(
                alone.Steps.OfType<Thought>().Select(thought => thought.Norm),
                again.Steps.OfType<Thought>().Select(thought => thought.Norm));
        }
    }

    [Fact]
    public void No_thoughts_at_all_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new LatentReasoner(new FakeLatentModel(), Solves.Norm, Solves.Setup(0)));

    private static SolveOptions Positions(int positions) => new() { Budget = new Budget { Positions = positions } };

    private static void CancelOn(bool condition, CancellationTokenSource cancel)
    {
        if (condition)
            cancel.Cancel();
    }

    private sealed class Watcher(List<Step> seen) : IProgress<Step>
    {
        public void Report(Step value) => seen.Add(value);
    }

    private sealed class StopsAfterTwo : IThoughtRule
    {
        public bool FeedsEmbeddings => false;

        public ValueTask<IThoughtState> BeginAsync(ThoughtContext context, CancellationToken cancellationToken = default) =>
            ValueTask.FromResult<IThoughtState>(new State());

        private sealed class State : IThoughtState
        {
            private int _made;

            public ThoughtInput Next(in Prediction prediction) => _made++ < 2 ? ThoughtInput.OfToken(2) : ThoughtInput.Stop;
        }
    }
}
