using CognitiveTools.Chat;
using CognitiveTools.Latents;
using CognitiveTools.Llama.Engine;
using CognitiveTools.Llama.Latents;

namespace CognitiveTools.Llama.Tests.Engine;

/// <summary>Sequences that step together, counted in decodes.</summary>
public sealed class GroupTests
{
    private const int Members = 8;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_step_of_eight_members_is_one_decode_of_eight_rows(bool embeddings)
    {
        await using var engine = TestModels.Engine();
        var (prediction, members) = await ForksAsync(engine, Members);
        var states = Enumerable.Repeat(prediction.Hidden, Members).ToArray();
        var before = engine.Counters;

        for (var step = 0; step < 6; step++)
        {
            var outcomes =
                await StepAsync(engine, members.Select((member, i) => embeddings ? Feed(member, states[i]) : Feed(member, 1, seed: i)));
            states = [.. outcomes.Select(static outcome => outcome.Prediction.Hidden)];
        }

        var after = engine.Counters;
        Assert.Equal((6, 6, 0), (after.Decodes - before.Decodes, after.Groups - before.Groups, after.SplitGroups - before.SplitGroups));
        Assert.Equal(6 * Members, after.Forwarded - before.Forwarded);
    }

    [Fact]
    public async Task Continuations_of_a_group_share_every_decode_from_the_first_on()
    {
        await using var engine = TestModels.Engine();
        var (_, members) = await ForksAsync(engine, Members);
        await StepAsync(engine, members.Select(static (member, i) => Feed(member, 1, seed: i)));
        var before = engine.Counters;

        var outcomes = await StepAsync(engine, members.Select(static (member, i) =>
            SequenceStep.Continue(member, new() { MaxTokens = 7, Temperature = 1, Seed = i }, Token)));

        Assert.Equal(outcomes.Max(static outcome => outcome.Continuation.Tokens.Count), engine.Counters.Decodes - before.Decodes);
        Assert.Equal(0, engine.Counters.SplitGroups);
    }

    [Fact]
    public async Task Prompts_that_a_batch_cannot_hold_together_are_split_and_counted()
    {
        await using var engine = TestModels.Engine(static options => options.BatchSize = 64);
        await using var alone = TestModels.Engine();
        var (_, members) = await ForksAsync(engine, Members);
        var before = engine.Counters;

        var outcomes = await StepAsync(engine, members.Select(static (member, i) => Feed(member, 41, seed: i)));

        for (var i = 0; i < Members; i++)
        {
            using var single = alone.Begin();
            var expected = await single.AppendAsync((int[])[.. TestModels.Prompt(10), .. TestModels.Prompt(41, i)], Token);
            var furthest = expected.Logits.ToArray().Zip(outcomes[i].Prediction.Logits.ToArray(), static (a, b) => Math.Abs(a - b)).Max();
            Assert.InRange(furthest, 0, 0.25f); // another batch and processor round differently; another prompt is further away than 1
        }

        // 8 x 40 rows in decodes of 64, and one of the last rows, which give hidden states.
        Assert.Equal((Members * 40 / 64) + 1, engine.Counters.Decodes - before.Decodes);
        Assert.Equal(1, engine.Counters.SplitGroups - before.SplitGroups);
    }

    [Fact]
    public async Task A_deterministic_engine_gives_each_member_a_decode_of_its_own()
    {
        await using var engine = TestModels.Engine(static options => options.Deterministic = true);
        var (prediction, members) = await ForksAsync(engine, Members);
        var before = engine.Counters;

        var outcomes = await StepAsync(engine, members.Select(member => Feed(member, prediction.Hidden)));

        Assert.All(outcomes, outcome => Assert.Equal(outcomes[0].Prediction.Logits.ToArray(), outcome.Prediction.Logits.ToArray()));
        Assert.Equal((Members, 1), (engine.Counters.Decodes - before.Decodes, engine.Counters.SplitGroups - before.SplitGroups));
    }

    [Fact]
    public async Task Tokens_and_embeddings_of_one_group_take_a_decode_each()
    {
        await using var engine = TestModels.Engine();
        var (prediction, members) = await ForksAsync(engine, 2);
        var before = engine.Counters;

        await StepAsync(engine, [Feed(members[0], prediction.Hidden), Feed(members[1], 1)]);

        Assert.Equal((2, 1), (engine.Counters.Decodes - before.Decodes, engine.Counters.SplitGroups - before.SplitGroups));
    }

    [Fact]
    public async Task Members_without_a_lane_are_told_so_and_get_one_when_others_are_disposed()
    {
        await using var engine = TestModels.Engine(static options => options.MaxSequences = 3);
        var (prediction, members) = await ForksAsync(engine, 4); // the trunk is the first

        var first = await StepAsync(engine, members.Select(member => Feed(member, prediction.Hidden)));
        Assert.Equal([false, false, false, true], first.Select(static outcome => outcome.Waits));
        Assert.Equal(members[0].Length - 1, members[3].Length);
        Assert.Throws<InvalidOperationException>(() => first[3].Prediction);

        await members[0].DisposeAsync();
        var second = await StepAsync(engine, members.Skip(1).Select(member => Feed(member, prediction.Hidden)));
        Assert.All(second, static outcome => Assert.False(outcome.Waits));
        Assert.Equal((2, 1), (engine.Counters.Groups, engine.Counters.SplitGroups));
    }

    [Fact]
    public async Task A_group_of_which_nobody_has_a_lane_waits_for_the_first_one()
    {
        await using var engine = TestModels.Engine(static options => options.MaxSequences = 1);
        var holder = engine.Begin();
        await holder.AppendAsync(TestModels.Prompt(3), Token);
        var waiting = StepAsync(engine, [Feed(Begin(engine), 3, seed: 1), Feed(Begin(engine), 3, seed: 2)]);

        holder.Dispose();

        Assert.Equal([false, true], (await waiting).Select(static outcome => outcome.Waits));
    }

    [Fact]
    public async Task A_member_cancelled_while_it_waits_for_a_lane_ends_alone()
    {
        await using var engine = TestModels.Engine(static options => options.MaxSequences = 1);
        var holder = engine.Begin();
        await holder.AppendAsync(TestModels.Prompt(3), Token);
        using var cancel = new CancellationTokenSource();
        var waiting = StepAsync(engine, [SequenceStep.Append(Begin(engine), TestModels.Prompt(3), cancel.Token), Feed(Begin(engine), 4)]);
        await cancel.CancelAsync();

        var outcomes = await waiting;

        Assert.IsType<OperationCanceledException>(outcomes[0].Error);
        Assert.True(outcomes[1].Waits);
    }

    [Fact]
    public async Task Requests_of_a_start_group_arrive_before_the_first_decode()
    {
        await using var engine = TestModels.Engine();
        var options = new GenerationOptions { MaxTokens = 6, IgnoresEndOfTurn = true, Sampling = new() { Temperature = 1 } };
        Task<Generation>[] asked;
        using (StartGroup.Begin())
        {
            asked = [.. Enumerable.Range(0, Members).Select(AskAsync)];
            Assert.Equal(0, engine.Counters.Decodes);
        }

        await Task.WhenAll(asked);

        // The first forwards the prompt and samples a token; in the next decode the others, who waited for the prompt, forward
        // its last token; from then on all go on together. The token sampled last is not forwarded.
        Assert.Equal(1 + options.MaxTokens!.Value, engine.Counters.Decodes);
        Assert.Equal(20 + (Members - 1), engine.Counters.Prompt);
        Assert.Equal(4, (await engine.GenerateAsync(TestModels.Prompt(5), TestModels.Greedy(4), Token)).Tokens.Count); // not kept any more

        Task<Generation> AskAsync(int seed) =>
            engine.GenerateAsync(TestModels.Prompt(20), options with { Sampling = options.Sampling with { Seed = seed } }, Token);
    }

    [Fact]
    public async Task A_disposed_engine_says_so_to_every_member()
    {
        var engine = TestModels.Engine();
        var (prediction, members) = await ForksAsync(engine, 3);
        await engine.DisposeAsync();

        var outcomes = await StepAsync(engine, members.Select(member => Feed(member, prediction.Hidden)));

        Assert.All(outcomes, static outcome => Assert.IsType<ObjectDisposedException>(outcome.Error));
    }

    [Fact]
    public async Task A_sequence_of_another_engine_is_refused_and_nothing_is_begun()
    {
        await using var engine = TestModels.Engine();
        await using var other = TestModels.Engine();
        var own = Begin(engine);

        await Assert.ThrowsAsync<ArgumentException>(async () => await StepAsync(engine, [Feed(own, 2), Feed(Begin(other), 2)]));

        await own.AppendAsync(TestModels.Prompt(2), Token); // it is not left in use
    }

    private static Task<IReadOnlyList<StepOutcome>> StepAsync(LlamaEngine engine, IEnumerable<SequenceStep> group) =>
        GroupStep.RunAsync(engine, [.. group]);

    private static EngineSequence Begin(LlamaEngine engine) => engine.Begin();

    private static SequenceStep Feed(ILatentSequence member, ReadOnlyMemory<float> row) => SequenceStep.Append(member, row, Token);

    private static SequenceStep Feed(ILatentSequence member, int tokens, int seed = 1) =>
        SequenceStep.Append(member, TestModels.Prompt(tokens, seed), Token);

    private static async Task<(Prediction Prediction, ILatentSequence[] Members)> ForksAsync(LlamaEngine engine, int count)
    {
        var trunk = engine.Begin();
        var prediction = await trunk.AppendAsync(TestModels.Prompt(10), Token);
        return (prediction, [trunk, .. Enumerable.Range(1, count - 1).Select(_ => trunk.Fork())]);
    }
}
