using System.Diagnostics;
using CognitiveTools.Llama.Workers;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Cli.Tests.Workers;

public sealed class LlamaWorkerTests : IDisposable
{
    private static readonly ChatMessage[] Hello = [new(ChatRole.System, "system"), new(ChatRole.User, "Question of the answer")];

    private readonly TinyFiles _files = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task An_answer_is_the_same_whole_and_streamed_and_repeats()
    {
        await using var client = Client();
        var options = new ChatOptions { MaxOutputTokens = 12, Temperature = 1, Seed = 3, StopSequences = ["zq"] };
        var whole = await client.GetResponseAsync(Hello, options, Token);
        var streamed = await client.GetStreamingResponseAsync(Hello, options, Token).ToChatResponseAsync(Token);

        Assert.NotEmpty(whole.Text);
        Assert.Equal(whole.Text, streamed.Text);
        Assert.Equal((12, ChatFinishReason.Length), (whole.Usage!.OutputTokenCount, whole.FinishReason));
        Assert.True(streamed.Usage!.CachedInputTokenCount > 0, "the worker reuses prefixes");
        Assert.Equal(1, client.Starts);
    }

    [Fact]
    public async Task Killed_five_times_under_load_it_leaves_every_caller_an_answer_or_a_clear_error_and_serves_the_next()
    {
        await using var client = Client();
        var options = new ChatOptions { MaxOutputTokens = 100, Temperature = 2 };
        await client.GetResponseAsync(Hello, new() { MaxOutputTokens = 1 }, Token);
        var (answers, errors) = (0, 0);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var callers = Enumerable.Range(0, 8).Select(i => Task.Run(() => CallAsync(i), Token)).ToArray();
        for (var kill = 0; kill < 5; kill++)
        {
            var seen = Volatile.Read(ref answers);
            await UntilAsync(() => client.ProcessId is not null && Volatile.Read(ref answers) > seen); // it is serving
            using var process = Process.GetProcessById(client.ProcessId!.Value);
            process.Kill();
            await process.WaitForExitAsync(Token);
            await UntilAsync(() => client.Starts > kill + 1);
        }

        await stop.CancelAsync();
        await Task.WhenAll(callers); // none hangs, none fails in another way

        Assert.Equal(6, client.Starts);
        Assert.True(answers > 5, $"{answers} answers, {errors} errors");
        Assert.Equal(4, (await client.GetResponseAsync(Hello, new() { MaxOutputTokens = 4, Seed = 1 }, Token)).Usage!.OutputTokenCount);

        async Task CallAsync(int caller)
        {
            while (!stop.IsCancellationRequested)
            {
                try
                {
                    var response = caller % 2 == 0
                        ? await client.GetResponseAsync(Hello, options, Token)
                        : await client.GetStreamingResponseAsync(Hello, options, Token).ToChatResponseAsync(Token);
                    Assert.NotNull(response.Usage);
                    Interlocked.Increment(ref answers);
                }
                catch (LlamaWorkerException error)
                {
                    Assert.Contains("Ask again", error.Message, StringComparison.Ordinal);
                    Interlocked.Increment(ref errors);
                }
            }
        }
    }

    [Fact]
    public async Task A_stream_that_has_given_text_fails_when_the_worker_dies_instead_of_starting_over()
    {
        await using var client = Client();
        var killed = false;
        var error = await Assert.ThrowsAsync<LlamaWorkerException>(async () =>
        {
            await foreach (var _ in client.GetStreamingResponseAsync(Hello, new() { Temperature = 2, MaxOutputTokens = 1500 }, Token))
            {
                // Pieces that were on their way arrive after it is dead.
                if (!killed && client.ProcessId is { } id)
                {
                    killed = true;
                    using var process = Process.GetProcessById(id);
                    process.Kill();
                    await process.WaitForExitAsync(Token);
                }
            }
        });
        Assert.Contains("exit code 137", error.Message, StringComparison.Ordinal);
        Assert.Equal(1, client.Starts);
    }

    [Fact]
    public async Task A_cancelled_request_leaves_the_worker_to_the_others()
    {
        await using var client = Client();
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in client.GetStreamingResponseAsync(Hello, new() { Temperature = 2, MaxOutputTokens = 1500 }, cancel.Token))
                await cancel.CancelAsync();
        });
        Assert.Equal(3, (await client.GetResponseAsync(Hello, new() { MaxOutputTokens = 3 }, Token)).Usage!.OutputTokenCount);
        Assert.Equal(1, client.Starts);
    }

    [Fact]
    public async Task What_the_model_refuses_is_told_in_its_own_words()
    {
        await using var client = Client();
        var grammar = new ChatOptions { AdditionalProperties = new() { [CognitiveTools.Chat.ChatOptionKeys.Grammar] = "root ::= (" } };
        Assert.Contains("GBNF", (await Assert.ThrowsAsync<ArgumentException>(() => client.GetResponseAsync(Hello, grammar, Token))).Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<NotSupportedException>(() => client.GetResponseAsync(Hello, new() { FrequencyPenalty = 1 }, Token));

        await using var absent = Client(_files.PathOf("absent.gguf"));
        Assert.Contains("absent.gguf", (await Assert.ThrowsAsync<FileNotFoundException>(() => absent.GetResponseAsync(Hello, cancellationToken: Token))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_is_no_worker_is_named()
    {
        await using var client = new LlamaWorkerClient(new() { Path = _files.Model }, options: new() { FileName = "no-such-program" });
        var error = await Assert.ThrowsAsync<LlamaWorkerException>(() => client.GetResponseAsync(Hello, cancellationToken: Token));
        Assert.Contains("no-such-program", error.Message, StringComparison.Ordinal);
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
            await Task.Delay(TimeSpan.FromMilliseconds(5), Token);
    }

    private LlamaWorkerClient Client(string? model = null) => new(
        new() { Path = model ?? _files.Model },
        new() { Threads = 1 },
        new() { FileName = "dotnet", Arguments = [typeof(CogtoolsCommand).Assembly.Location, "worker"] });
}
