using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using System.Threading.Channels;
using CognitiveTools.Chat;
using CognitiveTools.Llama.Facts;
using CognitiveTools.Programs;

namespace CognitiveTools.Llama.Workers;

/// <summary>
/// One worker process and the calls it is answering. Thread-safe. A thread of its own reads the answers, so that callers who
/// block (a tokenizer and rows of a matrix have no other way) never keep each other from them.
/// </summary>
internal sealed class WorkerProcess : IAsyncDisposable, IGroupStarter
{
    private const int LongestLine = 300;
    private const int MostStrayBytes = 1000;
    private const int FirstErrorLines = 3, LastErrorLines = 4; // kept; an unhandled exception says what it is first

    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5); // for the process to end by itself
    private static readonly TimeSpan GreetingTimeout = TimeSpan.FromMinutes(1);

    private readonly Process _process;
    private readonly WorkerPipe<WorkerRequest, WorkerReply> _pipe;
    private readonly Dictionary<long, Pending> _pending = [];
    private readonly List<string> _errors = [];
    private readonly TaskCompletionSource _greeted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private readonly Task _reading;
    private readonly Action<int, string> _onEnd;
    private long _last;
    private string? _ended;
    private volatile bool _closing;

    private WorkerProcess(Process process, Action<int, string> onEnd)
    {
        (_process, Id, _onEnd) = (process, process.Id, onEnd);
        _pipe = new(process.StandardInput.BaseStream, WorkerJson.Default.WorkerRequest, process.StandardOutput.BaseStream, WorkerJson.Default.WorkerReply);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginErrorReadLine();
        _reading = Task.Factory.StartNew(Read, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>The process id.</summary>
    internal int Id { get; }

    /// <summary>What it runs.</summary>
    internal EngineFacts Facts { get; private set; } = null!; // set before anybody gets the object

    internal bool HasEnded
    {
        get
        {
            lock (_gate)
                return _ended is not null;
        }
    }

    /// <summary>Starts a process and waits until it has loaded the model.</summary>
    /// <param name="options">How to start it.</param>
    /// <param name="setup">What it loads.</param>
    /// <param name="onEnd">Told the process id and the reason when it ends without having been closed here.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="LlamaWorkerException">It could not be started, ended, or took too long.</exception>
    internal static async Task<WorkerProcess> StartAsync(LlamaWorkerOptions options, SetupCall setup, Action<int, string> onEnd, CancellationToken cancellationToken)
    {
        LlamaWorkerHost.ThrowIfAsked();
        var worker = new WorkerProcess(Launch(options), onEnd);
        var patience = options.StartTimeout < GreetingTimeout ? options.StartTimeout : GreetingTimeout;
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(patience);
        try
        {
            var setUp = worker.CallAsync(setup, cancellationToken: CancellationToken.None);
            await Task.WhenAny(worker._greeted.Task, setUp).WaitAsync(timeout.Token).ConfigureAwait(false);
            timeout.CancelAfter(options.StartTimeout);
            (worker.Facts, _) = await setUp.WaitAsync(timeout.Token).ConfigureAwait(false);
            return worker;
        }
        catch (Exception error)
        {
            var hasGreeted = worker._greeted.Task.IsCompleted;
            await worker.DisposeAsync().ConfigureAwait(false);
            if (error is not OperationCanceledException || cancellationToken.IsCancellationRequested)
                throw;
            throw new LlamaWorkerException(
                hasGreeted
                    ? $"The llama worker was not ready within {options.StartTimeout.TotalSeconds:0} s. Raise StartTimeout, or use a smaller model."
                    : $"The program that was started as a llama worker did not serve as one within {patience.TotalSeconds:0} s. {WorkerGreeting.Remedy}",
                error);
        }
    }

    /// <summary>Calls the worker. A cancelled call waits until the worker has given it up, so that its sequence can be used again.</summary>
    /// <param name="call">The call.</param>
    /// <param name="rows">Goes with it.</param>
    /// <param name="pieces">Gets the pieces of the answer, and its end.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The value, and the rows that came with it.</returns>
    /// <exception cref="LlamaWorkerException">The process ended.</exception>
    internal async Task<WorkerFrame<T>> CallAsync<T>(WorkerCall<T> call, ReadOnlyMemory<float> rows = default, ChannelWriter<string>? pieces = null, CancellationToken cancellationToken = default)
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

    /// <summary>Steps a group, whose members are cancelled one by one.</summary>
    /// <param name="call">The call.</param>
    /// <param name="rows">Go with it.</param>
    /// <param name="members">Cancel the members, in their order.</param>
    /// <exception cref="LlamaWorkerException">The process ended.</exception>
    internal async Task<WorkerFrame<WorkerOutcome[]>> CallAsync(
        StepCall call, ReadOnlyMemory<float> rows, IReadOnlyList<CancellationToken> members)
    {
        var (id, answer) = Send(call, rows.Span, pieces: null);
        var registrations = members.Select((token, i) => token.UnsafeRegister(_ => Post(new CancelCall(i), id), state: null)).ToArray();
        try
        {
            return ValueOf<WorkerOutcome[]>(await answer.ConfigureAwait(false), CancellationToken.None);
        }
        finally
        {
            foreach (var registration in registrations)
                await registration.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>As <see cref="CallAsync{T}"/>, for callers that cannot await.</summary>
    internal WorkerFrame<T> Call<T>(WorkerCall<T> call) => ValueOf<T>(Send(call, rows: default, pieces: null).Answer.GetAwaiter().GetResult(), CancellationToken.None);

    /// <summary>Sends chats that were asked for within a group.</summary>
    void IGroupStarter.Start(IReadOnlyList<object> requests) => Post(new StartCall([.. requests.Cast<WorkerRequest>()]));

    /// <summary>Sends what is not answered; nothing happens when the process has ended.</summary>
    internal void Post(WorkerCall call, long id = 0)
    {
        try
        {
            _pipe.Write(new(id, call));
        }
        catch (Exception error) when (IsOfClosedPipe(error))
        {
            // What it was about ended with the process.
        }
    }

    public async ValueTask DisposeAsync()
    {
        _closing = true;
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

    private static Process Launch(LlamaWorkerOptions options)
    {
        var own = Environment.ProcessPath ?? throw new LlamaWorkerException("The path of this program is not known. Set LlamaWorkerOptions.FileName.");
        // `dotnet program.dll`: the program is the first argument of this process.
        var isDotnet = string.Equals(Path.GetFileNameWithoutExtension(own), "dotnet", StringComparison.OrdinalIgnoreCase);
        string[] arguments = options.FileName is null && isDotnet ? [Environment.GetCommandLineArgs()[0], .. options.Arguments] : [.. options.Arguments];
        var file = options.FileName is { } named
            ? ProgramPath.Locate(named) ?? throw new LlamaWorkerException($"The llama worker {named} could not be started: no program of that name is on the PATH. Correct LlamaWorkerOptions.FileName.")
            : own;
        var start = new ProcessStartInfo(file, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        WorkerEnvironment.Restrict(start);
        try
        {
            return Process.Start(start) ?? throw new Win32Exception("no process was started");
        }
        catch (Win32Exception error)
        {
            throw new LlamaWorkerException($"The llama worker {start.FileName} could not be started: {error.Message}. Correct LlamaWorkerOptions.FileName.", error);
        }
    }

    private static bool IsOfClosedPipe(Exception error) => error is IOException or InvalidOperationException or NotSupportedException;

    private static WorkerFrame<T> ValueOf<T>(WorkerFrame<WorkerReply> frame, CancellationToken cancellationToken) => frame.Message.Answer switch
    {
        ValueAnswer<T> answer => new(answer.Value, frame.Rows),
        FailedAnswer failed => throw failed.ToException(),
        CancelledAnswer cancelled => throw cancelled.ToException(cancellationToken),
        var other => throw new InvalidDataException($"The llama worker answered with {other.GetType().Name} where {typeof(T).Name} was asked for. Use a worker of the same version."),
    };

    private (long Id, Task<WorkerFrame<WorkerReply>> Answer) Send(WorkerCall call, ReadOnlySpan<float> rows, ChannelWriter<string>? pieces)
    {
        var id = Interlocked.Increment(ref _last);
        var pending = new Pending(pieces);
        lock (_gate)
        {
            if (_ended is not null)
                throw new LlamaWorkerException(_ended);
            _pending.Add(id, pending);
        }

        try
        {
            var request = new WorkerRequest(id, call, CachePartition.Current);
            if (!(call is ChatCall && StartGroup.TryKeep(this, request)))
                _pipe.Write(request, rows);
        }
        catch (Exception error) when (IsOfClosedPipe(error))
        {
            // The reading thread finds the end of the process too; it knows why, and tells whoever is pending.
        }

        return (id, pending.Answer);
    }

    // The pipe's end is the process's: whoever waits is told then.
    private void Read()
    {
        string reason;
        try
        {
            if (WorkerGreeting.Read(_process.StandardOutput.BaseStream) is not { } instead)
            {
                _greeted.SetResult();
                ReadAnswers();
                reason = $"{Ending()} before the answer was complete; its sequences are lost. Ask again: the next request starts another one.";
            }
            else if (instead.Length > 0)
            {
                _process.Kill(entireProcessTree: true);
                reason = $"printed '{instead}' to its standard output instead of serving. {WorkerGreeting.Remedy}";
            }
            else
            {
                reason = $"{Ending()} before it served as one. {WorkerGreeting.Remedy}";
            }
        }
        catch (Exception error) when (error is IOException or InvalidDataException or JsonException or TimeoutException)
        {
            reason = $"{Broken(error)} before the answer was complete; its sequences are lost. Ask again: the next request starts another one.";
        }

        var isClosed = _closing; // before anybody learns of the end and closes what has ended
        lock (_gate)
        {
            var said = _errors.Count > 0 ? $" It said: {string.Join(" | ", _errors)}" : "";
            _ended = $"The llama worker (process {Id}) {reason}{said}";
            foreach (var pending in _pending.Values)
                pending.End(new LlamaWorkerException(_ended));
            _pending.Clear();
        }

        if (!isClosed)
            _onEnd(Id, reason);
    }

    // A library that aborts may print to standard output first, which is no frame; the cause is the end, not the print.
    private string Broken(Exception error)
    {
        var endedByItself = _process.WaitForExit(Grace);
        if (!endedByItself)
            _process.Kill(entireProcessTree: true);
        var printed = OneLine(_pipe.Stray(MostStrayBytes));
        return (endedByItself ? Ending() : $"broke the pipe ({error.Message})") + (printed.Length == 0 ? "" : $", and printed instead of an answer: {printed},");
    }

    private string Ending()
    {
        _process.WaitForExitAsync().WaitAsync(Grace).GetAwaiter().GetResult();
        return UnixExit.Describe(_process.ExitCode);
    }

    private void ReadAnswers()
    {
        try
        {
            while (_pipe.Read() is { } frame)
            {
                lock (_gate)
                {
                    if (_pending.TryGetValue(frame.Message.Id, out var pending) && pending.Take(frame))
                        _pending.Remove(frame.Message.Id);
                }
            }
        }
        catch (EndOfStreamException)
        {
            // It ended while it wrote.
        }
    }

    private void Keep(string? line)
    {
        if (string.IsNullOrWhiteSpace(line))
            return;
        lock (_gate)
        {
            _errors.Add(OneLine(line));
            if (_errors.Count > FirstErrorLines + LastErrorLines)
                _errors.RemoveAt(FirstErrorLines);
        }
    }

    private static string OneLine(string text)
    {
        var line = new string([.. text.Take(LongestLine).Select(static c => char.IsControl(c) ? ' ' : c)]).Trim();
        return text.Length > LongestLine ? line + " ..." : line;
    }

    private sealed class Pending(ChannelWriter<string>? pieces)
    {
        private readonly TaskCompletionSource<WorkerFrame<WorkerReply>> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

        internal Task<WorkerFrame<WorkerReply>> Answer => _answer.Task;

        /// <returns>Whether that was the last answer.</returns>
        internal bool Take(WorkerFrame<WorkerReply> frame)
        {
            if (frame.Message.Answer is PieceAnswer piece)
            {
                pieces?.TryWrite(piece.Text);
                return false;
            }

            return _answer.TrySetResult(frame);
        }

        internal void End(LlamaWorkerException error) => _answer.TrySetException(error);
    }
}
