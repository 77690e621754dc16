using CognitiveTools.Latents;
using CognitiveTools.Llama.Engine;

namespace CognitiveTools.Llama.Tests.Engine;

public sealed class SequenceTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Eight_forks_forward_the_shared_prefix_once_and_say_what_eight_separate_runs_say()
    {
        await using var engine = TestModels.Engine();
        await using var separate = TestModels.Engine(o => o.Deterministic = true);
        var prompt = TestModels.Prompt(48);
        var tails = Enumerable.Range(0, 8).Select(i => TestModels.Prompt(3, seed: 100 + i)).ToArray();

        using var root = engine.Begin();
        await root.AppendAsync(prompt, Token);
        var forks = tails.Select(_ => root.Fork()).ToArray();
        var before = engine.Counters;
        var forked = await Task.WhenAll(forks.Select(async (fork, i) =>
        {
            await fork.AppendAsync(tails[i], Token);
            return (await fork.ContinueAsync(TestModels.Greedy(6), Token)).Tokens;
        }));

        Assert.Equal(48, before.Prompt);
        Assert.Equal(8 * 3, engine.Counters.Prompt - before.Prompt);
        for (var i = 0; i < 8; i++)
            Assert.Equal((await separate.GenerateAsync((int[])[.. prompt, .. tails[i]], TestModels.Greedy(6), Token)).Tokens, forked[i]);
    }

    [Fact]
    public async Task Forks_wait_for_lanes_while_their_parent_goes_on_rewinds_and_closes()
    {
        await using var engine = TestModels.Engine(o => (o.MaxSequences, o.IdlePrefixes) = (2, 0));
        var prompt = TestModels.Prompt(30);
        var root = engine.Begin();
        await root.AppendAsync(prompt, Token);
        using var reference = root.Fork();
        var expected = (await reference.ContinueAsync(TestModels.Greedy(5), Token)).Tokens; // both lanes are taken now
        var late = root.Fork();
        var shorter = late.Fork();
        shorter.Rewind(20);
        var lateAnswer = late.ContinueAsync(TestModels.Greedy(5), Token);
        await root.AppendAsync(TestModels.Prompt(4, seed: 3), Token);
        root.Rewind(10);
        root.Dispose(); // its lane goes to the waiting fork with the longest part

        Assert.Equal(expected, (await lateAnswer).Tokens);
        late.Dispose();
        await shorter.AppendAsync(prompt.AsMemory(20), Token);
        Assert.Equal(expected, (await shorter.ContinueAsync(TestModels.Greedy(5), Token)).Tokens);
        shorter.Dispose();
    }

    [Fact]
    public async Task A_rewound_sequence_predicts_as_if_the_rest_had_never_been()
    {
        await using var engine = TestModels.Engine();
        using var sequence = engine.Begin();
        await sequence.AppendAsync(TestModels.Prompt(20), Token);
        var first = await sequence.AppendAsync((int[])[301, 302], Token);
        sequence.Rewind(20);
        await Assert.ThrowsAsync<InvalidOperationException>(() => sequence.ContinueAsync(TestModels.Greedy(1), Token));
        await sequence.AppendAsync((int[])[400, 401, 402], Token);
        sequence.Rewind(20);
        var again = await sequence.AppendAsync((int[])[301, 302], Token);
        Assert.Equal(22, sequence.Length);
        Close(first.Logits.Span, again.Logits.Span);
        Close(first.Hidden.Span, again.Hidden.Span);
    }

    [Fact]
    public async Task A_continuation_leaves_every_token_in_the_sequence()
    {
        await using var engine = TestModels.Engine();
        using var sequence = engine.Begin();
        var prompt = TestModels.Prompt(16);
        await sequence.AppendAsync(prompt, Token);
        var first = await sequence.ContinueAsync(TestModels.Greedy(4), Token);
        Assert.Equal(16 + first.Tokens.Count, sequence.Length);
        var second = await sequence.ContinueAsync(TestModels.Greedy(4), Token);
        Assert.Equal((await engine.GenerateAsync(prompt, TestModels.Greedy(8), Token)).Tokens, [.. first.Tokens, .. second.Tokens]);
    }

    [Fact]
    public async Task A_sequence_that_would_outgrow_the_context_is_refused_and_stays_usable()
    {
        await using var engine = TestModels.Engine(o => o.ContextLength = 32);
        using var sequence = engine.Begin();
        await sequence.AppendAsync(TestModels.Prompt(30), Token);
        var error = await Assert.ThrowsAsync<ContextFullException>(async () => await sequence.AppendAsync(TestModels.Prompt(3), Token));
        Assert.Equal((33, 32), (error.Needed, error.Available));
        await sequence.AppendAsync(TestModels.Prompt(2), Token);
        Assert.Equal(32, sequence.Length);
    }

    [Fact]
    public async Task Open_sequences_that_fill_the_cache_fail_the_one_that_does_not_fit()
    {
        await using var engine = TestModels.Engine(o => (o.ContextLength, o.CacheLength) = (256, 256));
        using var first = engine.Begin();
        await first.AppendAsync(TestModels.Prompt(200), Token);
        using var second = engine.Begin();
        await Assert.ThrowsAsync<ContextFullException>(async () => await second.AppendAsync(TestModels.Prompt(200, seed: 2), Token));
        Assert.Equal(0, second.Length);
        await second.AppendAsync(TestModels.Prompt(20, seed: 2), Token);
    }

    [Fact]
    public async Task A_caller_that_waits_for_a_lane_which_nobody_frees_gets_a_clear_error()
    {
        await using var engine = TestModels.Engine(o => (o.MaxSequences, o.LaneTimeout) = (1, TimeSpan.FromMilliseconds(50)));
        using var holder = engine.Begin();
        await holder.AppendAsync(TestModels.Prompt(4), Token);
        var error = await Assert.ThrowsAsync<InvalidOperationException>(
            () => engine.GenerateAsync(TestModels.Prompt(4, seed: 2), TestModels.Greedy(1), Token));
        Assert.Contains("MaxSequences", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_waiting_caller_can_cancel()
    {
        await using var engine = TestModels.Engine(o => o.MaxSequences = 1);
        using var holder = engine.Begin();
        await holder.AppendAsync(TestModels.Prompt(4), Token);
        using var cancel = new CancellationTokenSource();
        var waiting = engine.GenerateAsync(TestModels.Prompt(4, seed: 2), TestModels.Greedy(1), cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task A_sequence_in_use_refuses_a_second_call()
    {
        await using var engine = TestModels.Engine();
        using var sequence = engine.Begin();
        await sequence.AppendAsync(TestModels.Prompt(4), Token);
        using var gate = new ManualResetEventSlim();
        var options = TestModels.Greedy(8) with { IgnoresEndOfTurn = true };
        var job = engine.NewGeneration(
            sequence, default, options, keepsSequence: true, new PieceProbe(_ => gate.Wait()), constraint: null, Token);
        var running = sequence.RunAsync(job, static job => job.Result);
        Assert.Throws<InvalidOperationException>(() => sequence.Rewind(1));
        gate.Set();
        await running;
    }

    [Fact]
    public async Task Model_engine_and_sequence_can_be_disposed_in_any_order()
    {
        var model = TestModels.Load(3);
        var engine = new LlamaEngine(model, new() { Threads = 1 });
        var sequence = engine.Begin();
        await sequence.AppendAsync(TestModels.Prompt(8), Token);
        model.Dispose();
        Assert.NotEmpty((await sequence.ContinueAsync(TestModels.Greedy(3), Token)).Tokens);
        await engine.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await sequence.AppendAsync(TestModels.Prompt(1), Token));
        sequence.Dispose();
    }

    [Fact]
    public async Task Work_under_way_fails_when_the_engine_is_disposed()
    {
        var engine = TestModels.Engine();
        using var gate = new ManualResetEventSlim();
        var sequence = engine.Begin();
        var options = new GenerationOptions { IgnoresEndOfTurn = true };
        var job = engine.NewGeneration(
            sequence, TestModels.Prompt(8), options, keepsSequence: false, new PieceProbe(_ => gate.Wait()), constraint: null, Token);
        var running = sequence.RunAsync(job, static job => job.Result);
        var disposing = engine.DisposeAsync().AsTask();
        gate.Set();
        await disposing;
        await Assert.ThrowsAsync<ObjectDisposedException>(() => running);
    }

    private static void Close(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.InRange(System.Numerics.Tensors.TensorPrimitives.Distance(expected, actual), 0, 1e-3f);
    }
}
