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

/// <summary>What callers see when the worker process ends.</summary>
public sealed partial class LlamaWorkerTests
{
    [Fact]
    public async Task A_process_that_ends_and_the_one_that_takes_its_place_are_in_the_log()
    {
        var log = new FakeLogger<LlamaWorker>();
        await using var worker = new LlamaWorker(
            new() { Path = _files.Model },
            new() { Threads = 1 },
            new() { FileName = "dotnet", Arguments = [typeof(CogtoolsCommand).Assembly.Location, "worker"] },
            log);
        var first = await StartAsync();
        await KillAsync(first);
        await UntilAsync(() => worker.ProcessId is null);
        var second = await StartAsync();

        Assert.Contains(
            log.Collector.GetSnapshot(),
            e => e.Level == LogLevel.Warning && e.Message.Contains($"(process {first})", StringComparison.Ordinal));
        Assert.DoesNotContain(log.Collector.GetSnapshot(), e => e.Message.EndsWith("..", StringComparison.Ordinal));
        Assert.Contains(
            log.Collector.GetSnapshot(),
            e => e.Level == LogLevel.Warning && e.Message.Contains($"Process {second} is now the llama worker", StringComparison.Ordinal));

        async Task<int> StartAsync()
        {
            await worker.StartAsync(Token);
            return worker.ProcessId!.Value;
        }
    }

    [Fact]
    public async Task Killed_five_times_under_load_it_leaves_every_caller_an_answer_or_a_clear_error_and_serves_the_next()
    {
        await using var worker = Worker();
        using var client = new LlamaWorkerClient(worker);
        var options = new ChatOptions { MaxOutputTokens = 100, Temperature = 2 };
        await client.GetResponseAsync(Hello, new() { MaxOutputTokens = 1 }, Token);
        var (answers, errors) = (0, 0);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var callers = Enumerable.Range(0, 8).Select(i => Task.Run(() => CallAsync(i), Token)).ToArray();
        for (var kill = 0; kill < 5; kill++)
        {
            var seen = Volatile.Read(ref answers);
            await UntilAsync(() => worker.ProcessId is not null && Volatile.Read(ref answers) > seen); // it is serving
            await KillAsync(worker.ProcessId!.Value);
            await UntilAsync(() => worker.Starts > kill + 1);
        }

        await stop.CancelAsync();
        await Task.WhenAll(callers); // none hangs, none fails in another way

        Assert.Equal(6, worker.Starts);
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
        await using var worker = EndlessWorker();
        using var client = new LlamaWorkerClient(worker);
        var killed = false;
        var error = await Assert.ThrowsAsync<LlamaWorkerException>(async () =>
        {
            await foreach (var _ in client.GetStreamingResponseAsync(Hello, Endless, Token))
            {
                // Pieces that were on their way arrive after it is dead.
                if (!killed && worker.ProcessId is { } id)
                {
                    killed = true;
                    await KillAsync(id);
                }
            }
        });
        Assert.Contains("signal SIGKILL", error.Message, StringComparison.Ordinal);
        Assert.Equal(1, worker.Starts);
    }
}
