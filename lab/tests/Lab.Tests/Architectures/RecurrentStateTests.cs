using CognitiveTools.Chat;
using CognitiveTools.Llama.Engine;
using CognitiveTools.Llama.Models;

namespace CognitiveTools.Lab.Tests.Architectures;

/// <summary>What the engine does with models whose sequences have a recurrent state: pure ones and hybrids.</summary>
public sealed class RecurrentStateTests : IDisposable
{
    private readonly Llama.Tests.TemporaryFolder _folder = new();

    public static TheoryData<string> Names { get; } = ["mamba2", "qwen35", "falcon-h1"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Samples_of_one_prompt_forward_it_once(string name)
    {
        using var model = Load(name);
        await using var engine = new LlamaEngine(model, new() { Threads = 1 });
        var prompt = Tokens(1, 200);

        var samples = await Task.WhenAll(Enumerable.Range(0, 8).Select(seed => engine.GenerateAsync(
            prompt, new() { MaxTokens = 5, Sampling = new() { Temperature = 1, Seed = seed } }, Token)));

        Assert.InRange(engine.Counters.Prompt, 200, 199 + 8);
        Assert.Equal(7, samples.Count(static sample => sample.Cached == 199));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Prompts_that_arrive_together_share_what_they_have_in_common(string name)
    {
        using var model = Load(name);
        await using var engine = new LlamaEngine(model, new() { Threads = 1, BatchSize = 64 });
        var start = Tokens(1, 150);

        Task<Llama.Engine.Generation>[] asked;
        using (StartGroup.Begin())
            asked = [.. Enumerable.Range(0, 3).Select(i => engine.GenerateAsync((int[])[.. start, .. Tokens(5 + i, 60)], Greedy, Token))];
        var answers = await Task.WhenAll(asked);

        Assert.Equal(300, answers.Sum(static answer => answer.Cached));
        for (var i = 0; i < 3; i++)
            Assert.Equal(await AloneAsync(model, [.. start, .. Tokens(5 + i, 60)]), answers[i].Tokens);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_start_that_two_prompts_shared_is_kept_for_the_third(string name)
    {
        using var model = Load(name);
        await using var engine = new LlamaEngine(model, new() { Threads = 1 });
        var start = Tokens(1, 150);
        List<int> cached = [];
        for (var i = 0; i < 3; i++)
            cached.Add((await engine.GenerateAsync((int[])[.. start, .. Tokens(5 + i, 60)], Greedy, Token)).Cached);

        Assert.Equal([0, 0, 150], cached);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_state_that_was_dropped_is_computed_again(string name)
    {
        using var model = Load(name);
        await using var engine = new LlamaEngine(model, new() { Threads = 1, MaxSequences = 1 }); // one saved state
        using var sequence = engine.Begin();
        await sequence.AppendAsync(Tokens(1, 100), Token);
        await sequence.AppendAsync(Tokens(2, 100), Token); // its end takes the place of the first one's
        sequence.Rewind(100);
        var before = engine.Counters.Prompt;
        await sequence.AppendAsync(Tokens(3, 10), Token);
        var answer = await sequence.ContinueAsync(Greedy, Token);

        Assert.Equal(110, engine.Counters.Prompt - before);
        Assert.Equal(await AloneAsync(model, [.. Tokens(1, 100), .. Tokens(3, 10)]), answer.Tokens);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Forks_that_wait_for_a_lane_get_the_place_where_they_were_made(string name)
    {
        using var model = Load(name);
        await using var engine = new LlamaEngine(model, new() { Threads = 1, MaxSequences = 2, IdlePrefixes = 0 });
        var parent = engine.Begin();
        await parent.AppendAsync(Tokens(1, 60), Token);
        EngineSequence[] forks = [.. Enumerable.Range(0, 3).Select(_ => parent.Fork())];
        await parent.AppendAsync(Tokens(2, 30), Token);
        parent.Rewind(50);
        parent.Dispose();
        for (var i = 0; i < forks.Length; i++)
        {
            using var fork = forks[i];
            await fork.AppendAsync(Tokens(5 + i, 10), Token);
            var answer = await fork.ContinueAsync(Greedy, Token);
            Assert.Equal(await AloneAsync(model, [.. Tokens(1, 60), .. Tokens(5 + i, 10)]), answer.Tokens);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_rewind_that_is_cancelled_on_its_way_back_can_be_finished_later(string name)
    {
        using var model = Load(name);
        await using var engine = new LlamaEngine(model, new() { Threads = 1, BatchSize = 4, MaxSequences = 1 });
        using var sequence = engine.Begin();
        await sequence.AppendAsync(Tokens(1, 200), Token);
        await sequence.AppendAsync(Tokens(2, 100), Token);
        sequence.Rewind(150);
        using var cancel = new CancellationTokenSource();
        var before = engine.Counters.Prompt;
        var append = sequence.AppendAsync(Tokens(3, 50), cancel.Token).AsTask();
        while (engine.Counters.Prompt == before)
            await Task.Yield();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => append);

        Assert.Equal(150, sequence.Length);
        await sequence.AppendAsync(Tokens(3, 10), Token);
        var answer = await sequence.ContinueAsync(Greedy, Token);
        Assert.Equal(await AloneAsync(model, [.. Tokens(1, 200)[..150], .. Tokens(3, 10)]), answer.Tokens);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_deterministic_engine_gives_the_same_bits_twice(string name)
    {
        using var model = Load(name);
        var logits = new float[2][];
        for (var i = 0; i < 2; i++)
        {
            await using var engine = new LlamaEngine(model, new() { Threads = 1, Deterministic = true });
            using var sequence = engine.Begin();
            await sequence.AppendAsync(Tokens(1, 60), Token);
            await sequence.AppendAsync(Tokens(2, 20), Token);
            sequence.Rewind(60);
            logits[i] = (await sequence.AppendAsync(Tokens(3, 5), Token)).Logits.ToArray();
        }

        Assert.Equal(logits[0], logits[1]);
    }

    private static GenerationOptions Greedy => new() { MaxTokens = 6, IgnoresEndOfTurn = true };

    private static async Task<IReadOnlyList<int>> AloneAsync(LlamaModel model, int[] prompt)
    {
        await using var engine = new LlamaEngine(model, new() { Threads = 1 });
        return (await engine.GenerateAsync(prompt, Greedy, Token)).Tokens;
    }

    private static int[] Tokens(int seed, int count)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.Next(300, 1_400))];
    }

    private LlamaModel Load(string name) => LlamaModel.Load(new() { Path = Toys.Write(name, _folder.Path) });
}
