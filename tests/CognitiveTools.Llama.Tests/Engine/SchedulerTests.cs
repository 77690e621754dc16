using CognitiveTools.Latents;
using CognitiveTools.Llama.Chat;
using CognitiveTools.Llama.Engine;
using CognitiveTools.Prompts;
using CognitiveTools.Tools;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Llama.Tests.Engine;

public sealed class SchedulerTests
{
    private const int Callers = 64;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Every other caller has long prompts, the rest ask short questions one after the other. Rounds are counted,
    /// not time: decodes between a request's arrival and its first row. All first requests arrive at once, and a caller's next one
    /// with the decode that ended the one before, so that the count is the same on any machine.</summary>
    [Theory]
    [InlineData(8, 4096)] // most callers wait for a lane
    [InlineData(Callers, 4096)] // most wait for room in a batch
    [InlineData(Callers, 1024)] // most wait for room in the cache
    public async Task Among_64_callers_with_long_and_short_requests_nobody_waits_five_times_the_mean(int lanes, int cache)
    {
        await using var engine = TestModels.Engine(o => (o.MaxSequences, o.CacheLength, o.BatchSize) = (lanes, cache, 128));
        var callers = Enumerable.Range(0, Callers).Select(number => new ChainedCaller(engine, number)).ToArray();
        engine.Post(new([.. callers.Select(static caller => caller.Next())]));
        var ends = await Task.WhenAll(callers.Select(static caller => caller.Ended)).WaitAsync(TimeSpan.FromMinutes(5), Token);

        Assert.All(ends, static end => Assert.Equal(GenerationEnd.TokenLimit, end));
        var counters = engine.Counters;
        var mean = counters.Waited / (double)counters.Started;
        Assert.True(counters.Started >= Callers * 4, $"{counters}");
        TestContext.Current.TestOutputHelper?.WriteLine($"longest {counters.LongestWait}, mean {mean:0.0}: {counters}");
        Assert.True(counters.LongestWait <= 5 * mean, $"longest {counters.LongestWait}, mean {mean:0.0}: {counters}");
    }

    /// <summary>Sends one request after the other, each from the decode thread at the end of the one before.</summary>
    private sealed class ChainedCaller(LlamaEngine engine, int number)
    {
        private readonly TaskCompletionSource<GenerationEnd> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private GenerateJob? _job;
        private int _requests;

        /// <summary>How the last request ended.</summary>
        public Task<GenerationEnd> Ended => _ended.Task;

        private bool IsLong => number % 2 == 0;

        public GenerateJob Next()
        {
            var prompt = TestModels.Prompt(IsLong ? 250 + number : 6 + (number % 20), seed: (number * 10) + _requests++);
            var options = new GenerationOptions { MaxTokens = IsLong ? 8 : 4, IgnoresEndOfTurn = true };
            var probe = new PieceProbe(static _ => { }, GoOn);
            return _job = engine.NewGeneration(engine.Begin(), prompt, options, keepsSequence: false, probe, constraint: null, Token);
        }

        private void GoOn()
        {
            if (!_job!.Result.IsCompletedSuccessfully)
                _ended.TrySetException(_job.Result.Exception!.InnerException!);
            else if (_requests == (IsLong ? 2 : 6))
                _ended.TrySetResult(_job.Result.Result.End);
            else if (Next() is var next)
                engine.Post(new(CommandKind.Start, next.Sequence, next));
        }
    }

    [Fact]
    public async Task Answers_that_outgrow_the_cache_together_are_the_ones_their_callers_get_alone()
    {
        await using var engine = TestModels.Engine(o => (o.ContextLength, o.CacheLength) = (256, 256));
        await using var alone = TestModels.Engine(o => o.Deterministic = true);
        var options = new GenerationOptions { MaxTokens = 60, IgnoresEndOfTurn = true };
        var together = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(i => engine.GenerateAsync(TestModels.Prompt(40, i), options, Token)));

        Assert.True(engine.Counters.Started > 4, "a sequence was preempted");
        for (var i = 0; i < 4; i++)
        {
            var expected = await alone.GenerateAsync(TestModels.Prompt(40, i), options, Token);
            Assert.Equal(expected.Tokens, together[i].Tokens);
            Assert.Equal(
                (expected.Text, GenerationEnd.TokenLimit, 40, 0),
                (together[i].Text, together[i].End, together[i].PromptLength, together[i].Cached));
        }
    }

    [Fact]
    public async Task A_finished_generation_gives_its_cells_back_before_its_caller_has_closed_it()
    {
        await using var engine = TestModels.Engine(static o => (o.ContextLength, o.CacheLength) = (256, 256));
        var options = new GenerationOptions { MaxTokens = 50, IgnoresEndOfTurn = true };
        using var slow = engine.Begin();
        await slow.RunAsync(
            engine.NewGeneration(slow, TestModels.Prompt(180, 1), options, keepsSequence: false, pieces: null, constraint: null, Token),
            static job => job.Result);

        var next = await engine.GenerateAsync(TestModels.Prompt(180, 2), options, Token);

        Assert.Equal((50, GenerationEnd.TokenLimit), (next.Tokens.Count, next.End));
    }

    [Fact]
    public async Task A_full_cache_forgets_the_prefix_that_was_used_the_longest_time_ago()
    {
        await using var engine = TestModels.Engine(o => (o.ContextLength, o.CacheLength) = (256, 512));
        await CachedAsync(1);
        await CachedAsync(2);
        await CachedAsync(3);
        Assert.True(await CachedAsync(1) > 0, "three prefixes fit");
        await CachedAsync(4); // takes the room of 2

        Assert.True(await CachedAsync(1) > 0);
        Assert.Equal(0, await CachedAsync(2));

        async Task<int> CachedAsync(int seed) =>
            (await engine.GenerateAsync(TestModels.Prompt(150, seed), TestModels.Greedy(2), Token)).Cached;
    }

    [Fact]
    public async Task A_request_that_no_empty_cache_could_hold_is_refused_at_once()
    {
        await using var engine = TestModels.Engine(o => (o.ContextLength, o.CacheLength) = (256, 256));
        var error =
            await Assert.ThrowsAsync<ContextFullException>(() => engine.GenerateAsync(TestModels.Prompt(300), TestModels.Greedy(1), Token));
        Assert.Equal((301, 256), (error.Needed, error.Available));
        Assert.Equal(0, engine.Counters.Decodes);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Four_tool_calls_on_one_question_forward_the_shared_text_once(bool atOnce)
    {
        await using var engine = TestModels.Engine(static o => (o.ContextLength, o.MaxSequences) = (2048, 4));
        var client = new LlamaChatClient(engine);
        const string question = "Three friends share 24 apples so that each has twice as many as the one before. How many has the last?";
        var profile = PromptProfile.Embedded();
        var prompts = ToolCatalog.Embedded().Select([])
            .Select(tool => profile.Render(tool.Prompt, tool.Parameters.ToDictionary(static p => p.Name, ValueOf)))
            .ToArray();

        static string ValueOf(ToolParameter parameter) => parameter.Name == "question" ? question : "some text";

        Assert.Equal(4, prompts.Length);
        int[][] tokens = [.. prompts.Select(engine.Model.Tokenizer.EncodeChat)];
        var options = new ChatOptions { MaxOutputTokens = 4 };

        if (atOnce)
            await Task.WhenAll(prompts.Select(prompt => client.GetResponseAsync(prompt, options, Token)));
        else
            foreach (var prompt in prompts)
                await client.GetResponseAsync(prompt, options, Token);

        // What each prompt shares with those before it; some share more than the question.
        var shared = tokens[1..].Select((prompt, i) => tokens[..(i + 1)].Max(other => other.AsSpan().CommonPrefixLength(prompt))).ToArray();
        var asked = engine.Model.Tokenizer.Encode(question).Length;
        Assert.All(shared, count => Assert.True(count >= asked, "the prompts do not share the question"));
        Assert.Equal(tokens.Sum(static prompt => prompt.Length) - shared.Sum(), engine.Counters.Prompt);
        Assert.Equal(shared.Sum(), engine.Counters.Cached);
    }
}
