using System.Diagnostics;
using CognitiveTools.Chat;
using CognitiveTools.Latents;
using CognitiveTools.Llama.Engine;
using CognitiveTools.Llama.Models;
using CognitiveTools.Llama.Workers;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace CognitiveTools.Cli.Tests.Workers;

public sealed partial class LlamaWorkerTests : IDisposable
{
    private static readonly ChatMessage[] Hello = [new(ChatRole.System, "system"), new(ChatRole.User, "Question of the answer")];

    // No text of this grammar ever ends, and its context takes half a minute to fill: whatever happens to it happens midway.
    private static readonly ChatOptions Endless = new()
    {
        MaxOutputTokens = 60_000,
        Temperature = 2,
        AdditionalProperties = new() { [CognitiveTools.Chat.ChatOptionKeys.Grammar] = "root ::= [a-z] root" },
    };

    private readonly TinyFiles _files = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task An_answer_is_the_same_whole_and_streamed_and_repeats()
    {
        await using var worker = Worker();
        using var client = new LlamaWorkerClient(worker);
        var options = new ChatOptions { MaxOutputTokens = 12, Temperature = 1, Seed = 3, StopSequences = ["zq"] };
        var whole = await client.GetResponseAsync(Hello, options, Token);
        var streamed = await client.GetStreamingResponseAsync(Hello, options, Token).ToChatResponseAsync(Token);

        Assert.NotEmpty(whole.Text);
        Assert.Equal(whole.Text, streamed.Text);
        Assert.Equal((12, ChatFinishReason.Length), (whole.Usage!.OutputTokenCount, whole.FinishReason));
        Assert.True(streamed.Usage!.CachedInputTokenCount > 0, "the worker reuses prefixes");
        Assert.Equal(1, worker.Starts);
    }

    [Fact]
    public async Task A_prefix_is_served_to_the_partition_of_its_first_caller_alone()
    {
        await using var worker = Worker();
        using var client = new LlamaWorkerClient(worker);

        Assert.Equal(0, await AskAsync("a"));
        Assert.NotEqual(0, await AskAsync("a"));
        Assert.Equal(0, await AskAsync("b"));

        async Task<long?> AskAsync(string partition)
        {
            using (CachePartition.Use(partition))
                return (await client.GetResponseAsync(Hello, new() { MaxOutputTokens = 2 }, Token)).Usage!.CachedInputTokenCount;
        }
    }

    [Fact]
    public async Task Chats_of_a_start_group_are_answered_as_they_are_alone()
    {
        await using var worker = Worker(engine: static options => options.Deterministic = true);
        using var client = new LlamaWorkerClient(worker);
        var alone = new List<string>();
        for (var seed = 0; seed < 4; seed++)
            alone.Add((await client.GetResponseAsync(Hello, Sampled(seed), Token)).Text);

        Task<ChatResponse>[] asked;
        using (CognitiveTools.Chat.StartGroup.Begin())
            asked = [.. Enumerable.Range(0, 4).Select(seed => client.GetResponseAsync(Hello, Sampled(seed), Token))];

        Assert.Equal(alone, (await Task.WhenAll(asked)).Select(static response => response.Text));

        static ChatOptions Sampled(int seed) => new() { MaxOutputTokens = 12, Temperature = 1, Seed = seed };
    }

    [Fact]
    public async Task A_cancelled_request_leaves_the_worker_to_the_others()
    {
        await using var worker = EndlessWorker();
        using var client = new LlamaWorkerClient(worker);
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in client.GetStreamingResponseAsync(Hello, Endless, cancel.Token))
                await cancel.CancelAsync();
        });
        Assert.Equal(3, (await client.GetResponseAsync(Hello, new() { MaxOutputTokens = 3 }, Token)).Usage!.OutputTokenCount);
        Assert.Equal(1, worker.Starts);
    }

    [Fact]
    public async Task What_the_model_refuses_is_told_in_its_own_words()
    {
        await using var worker = Worker();
        using var client = new LlamaWorkerClient(worker);
        var grammar = new ChatOptions { AdditionalProperties = new() { [CognitiveTools.Chat.ChatOptionKeys.Grammar] = "root ::= (" } };
        Assert.Contains(
            "GBNF",
            (await Assert.ThrowsAsync<ArgumentException>(() => client.GetResponseAsync(Hello, grammar, Token))).Message,
            StringComparison.Ordinal);
        await Assert.ThrowsAsync<NotSupportedException>(() => client.GetResponseAsync(Hello, new() { FrequencyPenalty = 1 }, Token));

        await using var nothing = Worker(_files.PathOf("absent.gguf"));
        using var absent = new LlamaWorkerClient(nothing);
        Assert.Contains(
            "absent.gguf",
            (await Assert.ThrowsAsync<FileNotFoundException>(() => absent.GetResponseAsync(Hello, cancellationToken: Token))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Killed_amid_latent_thoughts_it_loses_the_sequences_with_a_clear_error_and_serves_the_next()
    {
        await using var worker = Worker();
        var model = await LlamaWorkerLatentModel.CreateAsync(worker, Token);
        var prompt = model.Tokenizer.Encode("Question of the answer");
        await using var idle = model.Begin();
        var first = await idle.AppendAsync(prompt, Token);
        await using var fork = idle.Fork();
        await using var thinking = model.Begin();
        var thoughts = ThinkAsync(thinking);
        await UntilAsync(() => thinking.Length > 10);
        await KillAsync(worker.ProcessId!.Value);

        Task<LlamaWorkerException>[] calls =
        [
            Assert.ThrowsAsync<LlamaWorkerException>(() => thoughts),
            Assert.ThrowsAsync<LlamaWorkerException>(async () => await thinking.AppendAsync(prompt, Token)),
            Assert.ThrowsAsync<LlamaWorkerException>(async () => await idle.AppendAsync(first.Hidden, Token)),
            Assert.ThrowsAsync<LlamaWorkerException>(async () => await fork.ContinueAsync(new() { MaxTokens = 1 }, Token)),
        ];
        Assert.All(await Task.WhenAll(calls), error => Assert.Contains(
            "before the answer was complete; its sequences are lost. Ask again", error.Message, StringComparison.Ordinal));
        Assert.Throws<LlamaWorkerException>(() => idle.Fork());
        Assert.Throws<LlamaWorkerException>(() => idle.Rewind(1));
        Assert.Equal(1, worker.Starts);

        await using var next = model.Begin();
        var again = await next.AppendAsync(prompt, Token);
        Assert.Equal(first.Hidden.ToArray(), again.Hidden.ToArray());
        Assert.Equal(first.Logits.ToArray(), again.Logits.ToArray());
        Assert.Equal(model.Tokenizer.Encode("Question of the answer"), prompt);
        Assert.Equal(2, worker.Starts);

        static async Task ThinkAsync(ILatentSequence sequence)
        {
            var prediction = await sequence.AppendAsync(new[] { 300 }, Token);
            while (true)
            {
                prediction = await sequence.AppendAsync(prediction.Hidden, Token);
                if (sequence.Length > 1000)
                    sequence.Rewind(20);
            }
        }
    }

    [Fact]
    public async Task A_latent_call_cancelled_on_its_way_leaves_the_sequence_usable()
    {
        await using var worker = Worker(
            engine: static options => (options.MaxSequences, options.LaneTimeout) = (2, TimeSpan.FromMinutes(10)));
        var model = await LlamaWorkerLatentModel.CreateAsync(worker, Token);
        await using var first = model.Begin();
        await first.AppendAsync(new[] { 300 }, Token);
        var second = first.Fork();
        await second.AppendAsync(new[] { 301 }, Token);
        await using var sequence = model.Begin(); // there is no lane for it
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var waiting = sequence.AppendAsync(new[] { 302 }, cancel.Token).AsTask();
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Equal(0, sequence.Length);
        await second.DisposeAsync();
        await sequence.AppendAsync(new[] { 303 }, Token);
        Assert.Equal(1, sequence.Length);
    }

    [Fact]
    public async Task It_loads_the_model_as_this_process_would()
    {
        await using var worker = Worker(configure: static model => model.Overrides.Add(new("llama.context_length", "512")));
        var facts = await worker.InspectAsync(Token);
        Assert.Equal((512, 512, 1), (facts.Model.TrainedContextLength, facts.ContextLength, facts.Threads));
    }

    [Fact]
    public async Task Ctrl_C_is_left_to_whoever_started_it()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "To run it: use Linux, whose programs kill and env send the signals.");
        // A runner in the background ignores Ctrl+C, and its children with it, unless told otherwise.
        await using var worker = new LlamaWorker(
            new() { Path = _files.Model },
            new() { Threads = 1 },
            new()
            {
                FileName = "env",
                Arguments = ["--default-signal=INT", "dotnet", typeof(CogtoolsCommand).Assembly.Location, "worker"],
            });
        await worker.StartAsync(Token);
        using (var kill = Process.Start(
            "kill", ["-s", "INT", worker.ProcessId!.Value.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
            await kill.WaitForExitAsync(Token);
        using var client = new LlamaWorkerClient(worker);
        await client.GetResponseAsync(Hello, new() { MaxOutputTokens = 300, Temperature = 2 }, Token);
        Assert.Equal(1, worker.Starts);
    }

    [Fact]
    public async Task A_program_that_is_no_worker_is_named()
    {
        await using var worker = new LlamaWorker(new() { Path = _files.Model }, options: new() { FileName = "no-such-program" });
        var error = await Assert.ThrowsAsync<LlamaWorkerException>(() => worker.StartAsync(Token));
        Assert.Contains("no-such-program", error.Message, StringComparison.Ordinal);
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
            await Task.Delay(TimeSpan.FromMilliseconds(5), Token);
    }

    private static async Task KillAsync(int id)
    {
        using var process = Process.GetProcessById(id);
        process.Kill();
        await process.WaitForExitAsync(Token);
    }

    private LlamaWorker EndlessWorker() => Worker(
        configure: static model => model.Overrides.Add(new("llama.context_length", "65536")),
        engine: static options => options.ContextLength = 65536);

    private LlamaWorker Worker(string? model = null, Action<LlamaModelOptions>? configure = null, Action<LlamaEngineOptions>? engine = null)
    {
        var options = new LlamaModelOptions { Path = model ?? _files.Model };
        configure?.Invoke(options);
        var sizes = new LlamaEngineOptions { Threads = 1 };
        engine?.Invoke(sizes);
        return new(options, sizes, new() { FileName = "dotnet", Arguments = [typeof(CogtoolsCommand).Assembly.Location, "worker"] });
    }
}
