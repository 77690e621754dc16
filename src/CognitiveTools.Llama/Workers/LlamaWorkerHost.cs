using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using CognitiveTools.Chat;
using CognitiveTools.Llama.Facts;

namespace CognitiveTools.Llama.Workers;

/// <summary>The worker's side of the pipe: loads the model it is told to and answers until the pipe closes.</summary>
public static class LlamaWorkerHost
{
    /// <summary>The environment variable by which a process knows that it was started as a worker.</summary>
    public const string Mark = "COGTOOLS_WORKER";

    internal static bool IsAsked => Environment.GetEnvironmentVariable(Mark) is { Length: > 0 };

    /// <summary>
    /// Serves on standard input and output when this process was started as a worker; otherwise returns at once. The first line
    /// of the <c>Main</c> of a program that uses <see cref="LlamaWorker"/>: <c>if (await LlamaWorkerHost.RunIfAskedAsync()) return;</c>
    /// What is printed later goes to standard error, since standard output carries the frames. Ctrl+C, which reaches every process
    /// of a terminal, is left to the process that started this one.
    /// </summary>
    /// <returns>Whether it served; the program then has nothing else to do.</returns>
    /// <exception cref="InvalidDataException">The other side is no <see cref="LlamaWorker"/> of this version.</exception>
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

    /// <summary>Refuses in a process that was itself started as a worker, so that a program that does not serve as one cannot start itself without end.</summary>
    /// <exception cref="InvalidOperationException">It was.</exception>
    internal static void ThrowIfAsked()
    {
        if (IsAsked)
            throw new InvalidOperationException($"This process was started as a llama worker ({Mark} is set) and asks for a worker of its own. {WorkerGreeting.Remedy}");
    }

    /// <summary>Serves one <see cref="LlamaWorker"/>.</summary>
    /// <param name="input">Calls, standard input mostly.</param>
    /// <param name="output">Answers; nothing else may write to it.</param>
    /// <param name="cancellationToken">Ends the waiting for the pipe's end; the thread that reads goes on until then.</param>
    /// <exception cref="InvalidDataException">The other side is no <see cref="LlamaWorker"/> of this version.</exception>
    public static Task RunAsync(Stream input, Stream output, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(output);
        WorkerGreeting.Write(output);
        var pipe = new WorkerPipe<WorkerReply, WorkerRequest>(output, WorkerJson.Default.WorkerReply, input, WorkerJson.Default.WorkerRequest);
        return Task.Factory.StartNew(() => Run(pipe), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).WaitAsync(cancellationToken);
    }

    private static void Run(WorkerPipe<WorkerReply, WorkerRequest> pipe)
    {
        if (pipe.Read() is not { Message: var first })
            return;
        var setup = first.Call as SetupCall ?? throw new InvalidDataException($"The first call is {first.Call.GetType().Name}, not {nameof(SetupCall)}.");
        WorkerDesk desk;
        try
        {
            desk = new WorkerDesk(setup);
        }
#pragma warning disable CA1031 // whatever it is, the caller is told
        catch (Exception error)
        {
            pipe.Write(new(first.Id, FailedAnswer.Of(error)));
            return;
        }
#pragma warning restore CA1031
        try
        {
            pipe.Write(new(first.Id, new ValueAnswer<EngineFacts>(desk.Facts)));
            Serve(pipe, desk);
        }
        finally
        {
            desk.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    private static void Serve(WorkerPipe<WorkerReply, WorkerRequest> pipe, WorkerDesk desk)
    {
        var running = new ConcurrentDictionary<long, CancellationTokenSource[]>(); // of a group one per member
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
                    _ = Task.Run(() => StartTogether(start, chat => AnswerAsync(chat, [], pipe, desk, running, [cancels[chat.Id].Token])));
                    break;
                case CloseCall close:
                    desk.Close(close.Sequence);
                    break;
                default:
                    // Not disposed: a cancellation may come while the call ends, and without a timer there is nothing to free.
                    var count = request.Call is StepCall group ? group.Steps.Count : 1;
                    CancellationTokenSource[] cancel = [.. Enumerable.Range(0, count).Select(static _ => new CancellationTokenSource())];
                    running[request.Id] = cancel;
                    _ = AnswerAsync(request, rows, pipe, desk, running, [.. cancel.Select(static source => source.Token)]);
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
        WorkerDesk desk,
        ConcurrentDictionary<long, CancellationTokenSource[]> running,
        CancellationToken[] cancellation)
    {
        using var partition = CachePartition.Use(request.Partition);
        WorkerFrame<WorkerAnswer> answer;
        try
        {
            answer = request.Call is StepCall group
                ? await desk.StepAsync(group, rows, cancellation).ConfigureAwait(false)
                : await desk.AnswerAsync(request.Call, rows, Tell, cancellation[0]).ConfigureAwait(false);
        }
        catch (OperationCanceledException cancelled) when (cancellation[0].IsCancellationRequested)
        {
            answer = new(new CancelledAnswer(PartialWork.Of(cancelled)), []);
        }
#pragma warning disable CA1031 // whatever it is, the caller is told
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
            // Nobody is left to be told; the input ends too, and the worker with it.
        }
    }
}
