using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using CognitiveTools.Chat;
using CognitiveTools.Llama.Facts;

namespace CognitiveTools.Llama.Workers;

/// <summary>The worker's side of the pipe: loads the model of the first call and answers until the pipe closes.</summary>
public static class LlamaWorkerHost
{
    /// <summary>The environment variable that tells a process that it was started as a worker.</summary>
    public const string EnvironmentVariable = "COGTOOLS_WORKER";

    internal static bool IsAsked => Environment.GetEnvironmentVariable(EnvironmentVariable) is { Length: > 0 };

    /// <summary>
    /// Serves on standard input and output when this process was started as a worker; otherwise returns at once. The first line
    /// of the <c>Main</c> of a program that uses <see cref="LlamaWorker"/>: <c>if (await LlamaWorkerHost.RunIfAskedAsync()) return;</c>
    /// Later prints go to standard error, since standard output carries the frames. Ctrl+C, which reaches every process of a terminal,
    /// is ignored: the process that started this one handles it.
    /// </summary>
    /// <returns>Whether it served; the program then has nothing else to do.</returns>
    /// <exception cref="InvalidDataException">The other side is not a <see cref="LlamaWorker"/> of this version.</exception>
    public static async Task<bool> RunIfAskedAsync(CancellationToken cancellationToken = default)
    {
        if (!IsAsked)
            return false;
        using var ignored = PosixSignalRegistration.Create(PosixSignal.SIGINT, static signal => signal.Cancel = true);
        var output = Console.OpenStandardOutput();
        Console.SetOut(Console.Error);
        await RunAsync(Console.OpenStandardInput(), output, cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>
    /// Refuses in a process that was itself started as a worker, so that a program that does not serve as one cannot start itself in an
    /// endless loop.
    /// </summary>
    /// <exception cref="InvalidOperationException">This process was started as a worker.</exception>
    internal static void ThrowIfAsked()
    {
        if (IsAsked)
            throw new InvalidOperationException(
                $"This process was started as a llama worker ({EnvironmentVariable} is set) and asks for a worker of its own. "
                + $"{WorkerHandshake.Remedy}");
    }

    /// <summary>Serves one <see cref="LlamaWorker"/>.</summary>
    /// <param name="input">Calls, usually standard input.</param>
    /// <param name="output">Answers; nothing else may write to it.</param>
    /// <param name="cancellationToken">Cancels the wait for the end of the pipe; the reading thread runs until that end.</param>
    /// <exception cref="InvalidDataException">The other side is not a <see cref="LlamaWorker"/> of this version.</exception>
    public static Task RunAsync(Stream input, Stream output, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(output);
        WorkerHandshake.Write(output);
        var pipe = new WorkerPipe<WorkerReply, WorkerRequest>(
            output, WorkerJson.Default.WorkerReply, input, WorkerJson.Default.WorkerRequest);
        return Task.Factory
            .StartNew(() => Run(pipe), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)
            .WaitAsync(cancellationToken);
    }

    private static void Run(WorkerPipe<WorkerReply, WorkerRequest> pipe)
    {
        if (pipe.Read() is not { Message: var first })
            return;
        var setup = first.Call as SetupCall
            ?? throw new InvalidDataException($"The first call is {first.Call.GetType().Name}, not {nameof(SetupCall)}.");
        WorkerCallHandler handler;
        try
        {
            handler = new WorkerCallHandler(setup);
        }
#pragma warning disable CA1031 // every failure is reported to the caller
        catch (Exception error)
        {
            pipe.Write(new(first.Id, FailedAnswer.Of(error)));
            return;
        }
#pragma warning restore CA1031
        try
        {
            pipe.Write(new(first.Id, new ValueAnswer<EngineFacts>(handler.Facts)));
            Serve(pipe, handler);
        }
        finally
        {
            handler.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    private static void Serve(WorkerPipe<WorkerReply, WorkerRequest> pipe, WorkerCallHandler handler)
    {
        var running = new ConcurrentDictionary<long, CancellationTokenSource[]>(); // one for a call, one per member for a group
        while (pipe.Read() is { Message: var request, Rows: var rows })
        {
            switch (request.Call)
            {
                case PingCall:
                    TryWrite(pipe, new(request.Id, new ValueAnswer<Done>(new())));
                    break;
                case CancelCall cancelled:
                    if (running.TryGetValue(request.Id, out var members))
                        members[cancelled.Member].Cancel();
                    break;
                case StartCall start:
                    var cancels = start.Requests.ToDictionary(static chat => chat.Id, static _ => new CancellationTokenSource());
                    foreach (var (id, source) in cancels)
                        running[id] = [source];
                    _ = Task.Run(
                        () => StartTogether(start, chat => AnswerAsync(chat, [], pipe, handler, running, [cancels[chat.Id].Token])));
                    break;
                case CloseCall close:
                    handler.Close(close.Sequence);
                    break;
                default:
                    // Not disposed: a cancellation may arrive while the call ends, and a source without a timer has nothing to free.
                    var count = request.Call is StepCall group ? group.Steps.Count : 1;
                    CancellationTokenSource[] cancel = [.. Enumerable.Range(0, count).Select(static _ => new CancellationTokenSource())];
                    running[request.Id] = cancel;
                    _ = AnswerAsync(request, rows, pipe, handler, running, [.. cancel.Select(static source => source.Token)]);
                    break;
            }
        }

        foreach (var cancel in running.Values.SelectMany(static sources => sources))
            cancel.Cancel();
    }

    private static void StartTogether(StartCall start, Func<WorkerRequest, Task> answer)
    {
        using var group = StartGroup.Begin();
        foreach (var chat in start.Requests)
            _ = answer(chat);
    }

    private static async Task AnswerAsync(
        WorkerRequest request,
        float[] rows,
        WorkerPipe<WorkerReply, WorkerRequest> pipe,
        WorkerCallHandler handler,
        ConcurrentDictionary<long, CancellationTokenSource[]> running,
        CancellationToken[] cancellation)
    {
        using var partition = CachePartition.Use(request.Partition);
        WorkerFrame<WorkerAnswer> answer;
        try
        {
            answer = request.Call is StepCall group
                ? await handler.StepAsync(group, rows, Tell, cancellation).ConfigureAwait(false)
                : await handler.AnswerAsync(request.Call, rows, Tell, cancellation[0]).ConfigureAwait(false);
        }
        catch (OperationCanceledException cancelled) when (cancellation[0].IsCancellationRequested)
        {
            answer = new(new CancelledAnswer(PartialWork.Of(cancelled)), []);
        }
#pragma warning disable CA1031 // every failure is reported to the caller
        catch (Exception error)
        {
            answer = new(FailedAnswer.Of(error), []);
        }
#pragma warning restore CA1031

        running.TryRemove(request.Id, out _);
        TryWrite(pipe, new(request.Id, answer.Message), answer.Rows);

        void Tell(PieceAnswer piece) => pipe.Write(new(request.Id, piece));
    }

    private static void TryWrite(WorkerPipe<WorkerReply, WorkerRequest> pipe, WorkerReply reply, float[]? rows = null)
    {
        try
        {
            pipe.Write(reply, rows);
        }
        catch (IOException)
        {
            // The other side is gone; the input ends too, and then the worker.
        }
    }
}
