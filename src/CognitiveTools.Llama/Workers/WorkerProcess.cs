using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using CognitiveTools.Chat;
using CognitiveTools.Llama.Facts;
using CognitiveTools.Text;
using Pieces = System.Threading.Channels.ChannelWriter<CognitiveTools.Reasoners.TextPiece>;

namespace CognitiveTools.Llama.Workers;

/// <summary>
/// One worker process, its pipe and the calls that it answers. Any thread calls; a dedicated thread reads the answers, so that blocking
/// callers (a tokenizer, rows of a matrix) never prevent other callers from getting theirs. The end of the pipe is the end of
/// the process: that thread then fails every call that waits, exactly once. A process that is hung is killed by
/// <see cref="WorkerWatchdog"/>.
/// </summary>
internal sealed class WorkerProcess : IAsyncDisposable, IGroupStarter
{
    private const int MaxUnframedBytes = 1000;
    private const string Lost = "before the answer was complete; its sequences are lost. Ask again: the next request starts another one.";

    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5); // before a process that should end is killed
    private static readonly TimeSpan HandshakeTimeout = TimeSpan.FromMinutes(1);

    private readonly Process _process;
    private readonly WorkerPipe<WorkerRequest, WorkerReply> _pipe;
    private readonly PendingCalls _pending = new();
    private readonly ErrorTail _errors = new();
    private readonly TaskCompletionSource _handshake = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _reading;
    private readonly Action<int, string> _onEnd;
    private volatile WorkerWatchdog? _watchdog;
    private volatile bool _closing;
    private volatile string? _hung; // set before the kill, read after the end of the pipe

    private WorkerProcess(Process process, Action<int, string> onEnd)
    {
        (_process, Id, _onEnd) = (process, process.Id, onEnd);
        _pipe = new(
            process.StandardInput.BaseStream, WorkerJson.Default.WorkerRequest,
            process.StandardOutput.BaseStream, WorkerJson.Default.WorkerReply);
        process.ErrorDataReceived += (_, line) => _errors.Keep(line.Data);
        process.BeginErrorReadLine();
        _reading = Task.Factory.StartNew(Read, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>The process id.</summary>
    internal int Id { get; }

    /// <summary>What it runs.</summary>
    internal EngineFacts Facts { get; private set; } = null!; // set before StartAsync returns the object

    internal bool HasEnded => _pending.HaveEnded;

    /// <summary>Starts a process and waits until it has loaded the model.</summary>
    /// <param name="options">How to start it.</param>
    /// <param name="setup">What it loads.</param>
    /// <param name="time">Clock of the pings.</param>
    /// <param name="onEnd">Gets the process id and the reason when the process ends without having been disposed.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="LlamaWorkerException">It could not be started, ended, or took too long.</exception>
    internal static async Task<WorkerProcess> StartAsync(
        LlamaWorkerOptions options, SetupCall setup, TimeProvider time, Action<int, string> onEnd, CancellationToken cancellationToken)
    {
        LlamaWorkerHost.ThrowIfAsked();
        var worker = new WorkerProcess(WorkerLauncher.Launch(options), onEnd);
        var patience = options.StartTimeout < HandshakeTimeout ? options.StartTimeout : HandshakeTimeout;
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(patience);
        try
        {
            var setUp = worker.CallAsync(setup, cancellationToken: CancellationToken.None);
            await Task.WhenAny(worker._handshake.Task, setUp).WaitAsync(timeout.Token).ConfigureAwait(false);
            timeout.CancelAfter(options.StartTimeout);
            (worker.Facts, _) = await setUp.WaitAsync(timeout.Token).ConfigureAwait(false);
            worker._watchdog = worker.Watchdog(options, time); // only now: the thread that answers pings loads the model first
            return worker;
        }
        catch (Exception error)
        {
            var hasHandshake = worker._handshake.Task.IsCompleted;
            await worker.DisposeAsync().ConfigureAwait(false);
            if (error is not OperationCanceledException || cancellationToken.IsCancellationRequested)
                throw;
            throw new LlamaWorkerException(
                hasHandshake
                    ? $"The llama worker was not ready within {options.StartTimeout.TotalSeconds:0} s. "
                        + "Raise StartTimeout, or use a smaller model."
                    : $"The program that was started as a llama worker did not serve as one within {patience.TotalSeconds:0} s. "
                        + WorkerHandshake.Remedy,
                error);
        }
    }

    /// <summary>Calls the worker. A cancelled call waits until the worker confirms it: its sequence is then free again.</summary>
    /// <param name="call">The call.</param>
    /// <param name="rows">The rows of its frame.</param>
    /// <param name="pieces">Gets the pieces of the answer, and its end.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The value, and the rows of the answer's frame.</returns>
    /// <exception cref="LlamaWorkerException">The process ended.</exception>
    internal async Task<WorkerFrame<T>> CallAsync<T>(
        WorkerCall<T> call, ReadOnlyMemory<float> rows = default, Pieces? pieces = null, CancellationToken cancellationToken = default)
    {
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (id, answer) = Send(call, rows.Span, pieces);
            var registration = cancellationToken.UnsafeRegister(_ => Post(new CancelCall(), id), state: null);
            await using (registration.ConfigureAwait(false))
                return ValueOf<T>(await answer.ConfigureAwait(false), cancellationToken);
        }
        finally
        {
            pieces?.TryComplete();
        }
    }

    /// <summary>Steps a group; each member has its own cancellation.</summary>
    /// <param name="call">The call.</param>
    /// <param name="rows">The rows of its frame.</param>
    /// <param name="members">Cancel the members, in their order.</param>
    /// <param name="pieces">Gets the pieces of the members' texts, and their end.</param>
    /// <exception cref="LlamaWorkerException">The process ended.</exception>
    internal async Task<WorkerFrame<WorkerOutcome[]>> CallAsync(
        StepCall call, ReadOnlyMemory<float> rows, IReadOnlyList<CancellationToken> members, Pieces? pieces)
    {
        var (id, answer) = Send(call, rows.Span, pieces);
        var registrations = members.Select((token, i) => token.UnsafeRegister(_ => Post(new CancelCall(i), id), state: null)).ToArray();
        try
        {
            return ValueOf<WorkerOutcome[]>(await answer.ConfigureAwait(false), CancellationToken.None);
        }
        finally
        {
            pieces?.TryComplete();
            foreach (var registration in registrations)
                await registration.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>As <see cref="CallAsync{T}"/>, for callers that cannot await.</summary>
    internal WorkerFrame<T> Call<T>(WorkerCall<T> call) =>
        ValueOf<T>(Send(call, rows: default, pieces: null).Answer.GetAwaiter().GetResult(), CancellationToken.None);

    /// <summary>Sends the chats of a group.</summary>
    void IGroupStarter.Start(IReadOnlyList<object> requests) => Post(new StartCall([.. requests.Cast<WorkerRequest>()]));

    /// <summary>Sends a call without an answer; does nothing when the process has ended.</summary>
    internal void Post(WorkerCall call, long id = 0)
    {
        try
        {
            _pipe.Write(new(id, call));
        }
        catch (Exception error) when (IsOfClosedPipe(error))
        {
            // The subject of the call ended with the process.
        }
    }

    public async ValueTask DisposeAsync()
    {
        _closing = true;
        if (_watchdog is { } watchdog)
            await watchdog.DisposeAsync().ConfigureAwait(false);
        try
        {
            _process.StandardInput.Close();
            await _process.WaitForExitAsync().WaitAsync(Grace).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or TimeoutException)
        {
            _process.Kill(entireProcessTree: true);
        }

        await _reading.ConfigureAwait(false);
        _process.Dispose();
    }

    private static bool IsOfClosedPipe(Exception error) => error is IOException or InvalidOperationException or NotSupportedException;

    private static WorkerFrame<T> ValueOf<T>(WorkerFrame<WorkerReply> frame, CancellationToken cancellationToken) =>
        frame.Message.Answer switch
        {
            ValueAnswer<T> answer => new(answer.Value, frame.Rows),
            FailedAnswer failed => throw failed.ToException(),
            CancelledAnswer cancelled => throw cancelled.ToException(cancellationToken),
            var other => throw new InvalidDataException(
                $"The llama worker answered with {other.GetType().Name} where {typeof(T).Name} was asked for. "
                + "Use a worker of the same version."),
        };

    private (long Id, Task<WorkerFrame<WorkerReply>> Answer) Send(WorkerCall call, ReadOnlySpan<float> rows, Pieces? pieces)
    {
        var (id, answer) = _pending.Add(pieces);
        try
        {
            var request = new WorkerRequest(id, call, CachePartition.Current);
            if (!(call is ChatCall && StartGroup.TryKeep(this, request)))
                _pipe.Write(request, rows);
        }
        catch (Exception error) when (IsOfClosedPipe(error))
        {
            // The reading thread finds the end of the process too; it knows why, and fails the pending calls.
        }

        return (id, answer);
    }

    private WorkerWatchdog Watchdog(LlamaWorkerOptions options, TimeProvider time) => new(
        time, options.ResponseTimeout, () => _pending.Any,
        () => _ = Task.Run(() => Post(new PingCall())), // the pipe of a process that does not read may be full
        () => EndHung(options.ResponseTimeout));

    private void EndHung(TimeSpan timeout)
    {
        if (_closing)
            return;
        _hung = string.Create(
            CultureInfo.InvariantCulture,
            $"did not answer a ping for {timeout.TotalSeconds:0.#} s, so it was stopped or hung, and was killed");
        try
        {
            _process.Kill(entireProcessTree: true); // the reading thread then finds the end of the pipe
        }
        catch (Exception error) when (error is InvalidOperationException or Win32Exception or AggregateException)
        {
            // The process has ended already, or has a descendant that could not be killed.
        }
    }

    // The end of the pipe is the end of the process: the pending calls fail then.
    private void Read()
    {
        string reason;
        try
        {
            if (WorkerHandshake.Read(_process.StandardOutput.BaseStream) is not { } instead)
            {
                _handshake.SetResult();
                ReadAnswers();
                reason = $"{Ending()} {Lost}";
            }
            else if (instead.Length > 0)
            {
                _process.Kill(entireProcessTree: true);
                reason = $"printed '{instead}' to its standard output instead of serving. {WorkerHandshake.Remedy}";
            }
            else
            {
                reason = $"{Ending()} before it served as one. {WorkerHandshake.Remedy}";
            }
        }
        catch (Exception error) when (error is IOException or InvalidDataException or JsonException or TimeoutException)
        {
            reason = $"{Broken(error)} {Lost}";
        }

        var isClosed = _closing; // read before a caller learns of the end and disposes this object
        _pending.End($"The llama worker (process {Id}) {reason}{(_errors.Text is { Length: > 0 } said ? $" It said: {said}" : "")}");
        if (!isClosed)
            _onEnd(Id, reason);
    }

    // A library that aborts may print to standard output first, which is not a frame; the abort is the cause to report.
    private string Broken(Exception error)
    {
        var endedByItself = _process.WaitForExit(Grace);
        if (!endedByItself)
            _process.Kill(entireProcessTree: true);
        var printed = ErrorTail.OneLine(_pipe.ReadUnframed(MaxUnframedBytes));
        return (endedByItself ? Ending() : $"broke the pipe ({error.Message})")
            + (printed.Length == 0 ? "" : $", and printed instead of an answer: {printed},");
    }

    private string Ending()
    {
        _process.WaitForExitAsync().WaitAsync(Grace).GetAwaiter().GetResult();
        return _hung ?? UnixExit.Describe(_process.ExitCode);
    }

    private void ReadAnswers()
    {
        try
        {
            while (_pipe.Read() is { } frame)
            {
                _watchdog?.NoteFrame();
                _pending.Take(frame);
            }
        }
        catch (EndOfStreamException)
        {
            // The process ended while it wrote.
        }
    }
}
