using System.ComponentModel.DataAnnotations;
using System.Diagnostics;
using System.Globalization;
using System.IO.Pipes;
using CognitiveTools.Llama.Workers;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Time.Testing;

namespace CognitiveTools.Llama.Tests.Workers;

/// <summary>A worker that is stopped, or that is busy and only looks so.</summary>
public sealed class HungWorkerTests
{
    private static readonly ChatMessage[] Hello = [new(ChatRole.User, "Question of the answer")];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_stopped_process_is_killed_and_its_calls_fail_as_those_of_a_dead_one()
    {
        var time = new FakeTimeProvider();
        await using var worker = Worker(time, attempts: 1);
        using var client = new LlamaWorkerClient(worker);
        await StopAsync(await StartAsync(worker));

        var asked = client.GetResponseAsync(Hello, new() { MaxOutputTokens = 4 }, Token);
        await MoveUntilEndedAsync(time, asked);

        var error = await Assert.ThrowsAsync<LlamaWorkerException>(() => asked);
        Assert.Contains("did not answer a ping for 30 s", error.Message, StringComparison.Ordinal);
        Assert.Contains("Ask again", error.Message, StringComparison.Ordinal);
        Assert.Equal(1, worker.Starts);

        var next = await client.GetResponseAsync(Hello, new() { MaxOutputTokens = 4, Seed = 1 }, Token);
        Assert.Equal(4, next.Usage!.OutputTokenCount);
        Assert.Equal(2, worker.Starts);
    }

    [Fact]
    public async Task A_request_that_waited_for_a_stopped_process_is_answered_by_the_next_one()
    {
        var time = new FakeTimeProvider();
        await using var worker = Worker(time, attempts: 2);
        using var client = new LlamaWorkerClient(worker);
        var stopped = await StartAsync(worker);
        await StopAsync(stopped);

        var asked = client.GetResponseAsync(Hello, new() { MaxOutputTokens = 4 }, Token);
        await MoveUntilEndedAsync(time, asked, () => worker.ProcessId == stopped);

        Assert.Equal(4, (await asked).Usage!.OutputTokenCount);
        Assert.Equal(2, worker.Starts);
    }

    [Fact]
    public async Task A_ping_is_answered_in_the_middle_of_a_long_generation()
    {
        using var calls = new AnonymousPipeServerStream(PipeDirection.Out);
        using var answers = new AnonymousPipeServerStream(PipeDirection.In);
        using var input = new AnonymousPipeClientStream(PipeDirection.In, calls.ClientSafePipeHandle);
        using var output = new AnonymousPipeClientStream(PipeDirection.Out, answers.ClientSafePipeHandle);
        var serving = LlamaWorkerHost.RunAsync(input, output, Token);
        Assert.Null(WorkerHandshake.Read(answers));
        var pipe = new WorkerPipe<WorkerRequest, WorkerReply>(
            calls, WorkerJson.Default.WorkerRequest, answers, WorkerJson.Default.WorkerReply);
        pipe.Write(new(1, new SetupCall(new() { Path = TestModels.Tiny.Path }, new() { Threads = 1 })));
        Assert.Equal(1, pipe.Read()!.Value.Message.Id);

        // No text of this grammar ends by itself: it ends when the context is full, or is cancelled.
        var endless = new ChatCall(
            WorkerJson.Write(Hello), new(), new() { Sampling = new() { Temperature = 2, Grammar = "root ::= [a-z] root" } }, Streams: true);
        pipe.Write(new(2, endless));
        Assert.IsType<PieceAnswer>(pipe.Read()!.Value.Message.Answer); // it generates
        pipe.Write(new(3, new PingCall()));
        WorkerReply reply;
        do
            reply = pipe.Read()!.Value.Message;
        while (reply.Answer is PieceAnswer);

        Assert.Equal(3, reply.Id);
        Assert.IsType<ValueAnswer<Done>>(reply.Answer);
        pipe.Write(new(2, new CancelCall()));
        while (pipe.Read()!.Value.Message is { Id: 2, Answer: PieceAnswer })
        {
            // What was on its way.
        }

        calls.Dispose();
        await serving;
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(90_000)]
    public void A_time_that_no_worker_can_have_is_refused_with_its_name(int seconds)
    {
        var options = new LlamaWorkerOptions { ResponseTimeout = TimeSpan.FromSeconds(seconds) };
        var error = Assert.Throws<ValidationException>(() => new LlamaWorker(new() { Path = TestModels.Tiny.Path }, options: options));
        Assert.Contains("ResponseTimeout is", error.Message, StringComparison.Ordinal);
    }

    private static LlamaWorker Worker(TimeProvider time, int attempts)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "To run it: use Linux, whose program kill sends SIGSTOP.");
        var host = Path.Combine(AppContext.BaseDirectory, "CognitiveTools.Llama.TestHost.dll");
        return new(
            new() { Path = TestModels.Tiny.Path },
            new() { Threads = 1 },
            new() { FileName = "dotnet", Arguments = [host], Attempts = attempts },
            time: time);
    }

    private static async Task<int> StartAsync(LlamaWorker worker)
    {
        await worker.StartAsync(Token);
        return worker.ProcessId!.Value;
    }

    private static async Task StopAsync(int id)
    {
        using var kill = Process.Start("kill", ["-s", "STOP", id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(Token);
        Assert.Equal(0, kill.ExitCode);
    }

    // Only the fake clock decides; between its moves the killed process and the threads that notice it get the processor.
    private static async Task MoveUntilEndedAsync(FakeTimeProvider time, Task asked, Func<bool>? isStopped = null)
    {
        while (!asked.IsCompleted)
        {
            if (isStopped?.Invoke() ?? true)
                time.Advance(TimeSpan.FromSeconds(7.5));
            await Task.WhenAny(asked, Task.Delay(TimeSpan.FromMilliseconds(20), Token));
            Token.ThrowIfCancellationRequested();
        }
    }
}
