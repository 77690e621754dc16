using CognitiveTools.Latents;
using CognitiveTools.Llama.Engine;
using CognitiveTools.Llama.Sampling;

namespace CognitiveTools.Llama.Tests.Engine;

public sealed class GenerationTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_greedy_generation_is_the_argmax_of_each_prediction()
    {
        await using var engine = TestModels.Engine();
        var prompt = TestModels.Prompt(20);
        var generated = await engine.GenerateAsync(prompt, TestModels.Greedy(12), Token);

        using var sequence = engine.Begin();
        var prediction = await sequence.AppendAsync(prompt, Token);
        foreach (var token in generated.Tokens)
        {
            Assert.Equal(ArgMax(prediction.Logits.Span), token);
            prediction = await sequence.AppendAsync((int[])[token], Token);
        }
    }

    [Fact]
    public async Task A_reused_prefix_gives_the_same_greedy_tokens_as_no_reuse()
    {
        await using var reusing = TestModels.Engine();
        await using var fresh = TestModels.Engine(o => o.IdlePrefixes = 0);
        var prompt = TestModels.Prompt(40);
        int[] longer = [.. prompt, .. TestModels.Prompt(10, seed: 2)];
        await reusing.GenerateAsync(prompt, TestModels.Greedy(4), Token);

        var reused = await reusing.GenerateAsync(longer, TestModels.Greedy(16), Token);
        var plain = await fresh.GenerateAsync(longer, TestModels.Greedy(16), Token);

        Assert.Equal(40, reused.Cached);
        Assert.Equal(0, plain.Cached);
        Assert.Equal(plain.Tokens, reused.Tokens);
    }

    [Fact]
    public async Task Sixteen_callers_at_once_all_finish_with_the_tokens_they_get_alone()
    {
        await using var engine = TestModels.Engine(o => o.MaxSequences = 5);
        await using var alone = TestModels.Engine(o => o.Deterministic = true);
        var together = await Task.WhenAll(
            Enumerable.Range(0, 16).Select(i => engine.GenerateAsync(TestModels.Prompt(10 + i, i), TestModels.Greedy(12), Token)));
        for (var i = 0; i < 16; i++)
            Assert.Equal(
                (await alone.GenerateAsync(TestModels.Prompt(10 + i, i), TestModels.Greedy(12), Token)).Tokens, together[i].Tokens);
        Assert.True(engine.Counters.Decodes < alone.Counters.Decodes / 2, "rows of several callers share decodes");
    }

    [Fact]
    public async Task A_seed_repeats_its_text_and_another_seed_gives_another()
    {
        await using var engine = TestModels.Engine();
        var prompt = TestModels.Prompt(8);
        Task<Generation> Run(long seed) => engine.GenerateAsync(
            prompt,
            new() { MaxTokens = 24, Sampling = new() { Temperature = 1.5f, TopK = 200, TopP = 0.99f, MinP = 0.0001f, Seed = seed } },
            Token);
        var first = await Run(7);
        Assert.Equal(first.Tokens, (await Run(7)).Tokens);
        Assert.NotEqual(first.Tokens, (await Run(8)).Tokens);
    }

    [Fact]
    public async Task A_stop_sequence_that_spans_tokens_ends_the_text_before_it()
    {
        await using var engine = TestModels.Engine();
        var prompt = TestModels.Prompt(12);
        var whole = (await engine.GenerateAsync(prompt, TestModels.Greedy(24), Token)).Text;
        var stop = whole[(whole.Length / 2)..(whole.Length / 2 + 4)];

        var stopped = await engine.GenerateAsync(prompt, TestModels.Greedy(24) with { StopSequences = [stop] }, Token);

        Assert.Equal(GenerationEnd.StopSequence, stopped.End);
        Assert.Equal(whole[..whole.IndexOf(stop, StringComparison.Ordinal)], stopped.Text);
    }

    [Fact]
    public async Task Streamed_pieces_add_up_to_the_text()
    {
        await using var engine = TestModels.Engine();
        var prompt = TestModels.Prompt(12);
        var options = TestModels.Greedy(40) with { StopSequences = ["never seen in the text"] };
        var whole = await engine.GenerateAsync(prompt, options, Token);
        var streamed = "";
        Generation? result = null;
        await foreach (var piece in engine.StreamAsync(prompt, options, Token))
        {
            streamed += piece.Text;
            result = piece.Result;
        }

        Assert.Equal(whole.Text, streamed);
        Assert.Equal(whole.Text, result!.Text);
        Assert.Equal(whole.Tokens, result.Tokens);
    }

    [Fact]
    public async Task A_generation_cancelled_midway_frees_its_lane()
    {
        await using var engine = TestModels.Engine(o => (o.MaxSequences, o.IdlePrefixes) = (1, 0));
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Token);
        using var sequence = engine.Begin();
        var probe = new PieceProbe(piece =>
        {
            if (piece == 3)
                cancel.Cancel();
        });
        var options = new GenerationOptions { IgnoresEndOfTurn = true };
        var job = engine.NewGeneration(
            sequence, TestModels.Prompt(5), options, keepsSequence: false, probe, constraint: null, cancel.Token);
        var running = sequence.RunAsync(job, static job => job.Result);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Equal(4, (await engine.GenerateAsync(TestModels.Prompt(5), TestModels.Greedy(4), Token)).Tokens.Count);
    }

    [Fact]
    public async Task A_stream_abandoned_by_its_reader_frees_its_lane()
    {
        await using var engine = TestModels.Engine(o => (o.MaxSequences, o.IdlePrefixes) = (1, 0));
        await foreach (var _ in engine.StreamAsync(TestModels.Prompt(5), TestModels.Greedy(200), Token))
            break;
        Assert.Equal(4, (await engine.GenerateAsync(TestModels.Prompt(5), TestModels.Greedy(4), Token)).Tokens.Count);
    }

    [Fact]
    public async Task A_full_context_ends_the_generation_and_says_so()
    {
        await using var engine = TestModels.Engine(o => o.ContextLength = 64);
        var result = await engine.GenerateAsync(TestModels.Prompt(50), new() { Sampling = new() { Temperature = 4 } }, Token);
        Assert.Equal(GenerationEnd.ContextFull, result.End);
        Assert.Equal(15, result.Tokens.Count); // 14 more positions, and the token sampled at the last of them
        var error =
            await Assert.ThrowsAsync<ContextFullException>(() => engine.GenerateAsync(TestModels.Prompt(64), TestModels.Greedy(1), Token));
        Assert.Equal(64, error.Available);
    }

    [Fact]
    public async Task A_cache_too_small_for_all_callers_still_serves_each_of_them()
    {
        await using var engine = TestModels.Engine(o => (o.ContextLength, o.CacheLength) = (256, 256));
        var results = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(i => engine.GenerateAsync(TestModels.Prompt(100, i), TestModels.Greedy(8), Token)));
        Assert.All(results, static r => Assert.Equal(8, r.Tokens.Count));
    }

    [Fact]
    public async Task A_grammar_is_obeyed_from_the_first_token()
    {
        await using var engine = TestModels.Engine();
        var options =
            new GenerationOptions { MaxTokens = 30, Sampling = new() { Temperature = 2, Grammar = "root ::= \"yes\" [0-9] [0-9] \"!\"" } };
        var result = await engine.GenerateAsync(TestModels.Prompt(6), options, Token);
        Assert.Matches("^yes[0-9][0-9]!$", result.Text);
        Assert.Equal(GenerationEnd.EndOfTurn, result.End);
    }

    [Fact]
    public async Task A_grammar_that_cannot_be_parsed_is_refused_with_llama_cpps_reason()
    {
        await using var engine = TestModels.Engine();
        var error = await Assert.ThrowsAsync<ArgumentException>(
            () => engine.GenerateAsync(TestModels.Prompt(6), new() { Sampling = new() { Grammar = "root ::= (" } }, Token));
        Assert.Contains("GBNF", error.Message, StringComparison.Ordinal);
    }

    private static int ArgMax(ReadOnlySpan<float> logits) => System.Numerics.Tensors.TensorPrimitives.IndexOfMax(logits);
}
