using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Threading.Channels;

namespace CognitiveTools.Llama.Workers;

/// <summary>One worker process and the questions it is answering. Thread-safe.</summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    private const int KeptErrorLines = 4;

    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5); // for the process to end by itself

    private readonly Process _process;
    private readonly WorkerPipe<WorkerRequest> _requests;
    private readonly Dictionary<long, Channel<WorkerReply>> _pending = [];
    private readonly Channel<WorkerReply> _ready = Channel.CreateUnbounded<WorkerReply>();
    private readonly Queue<string> _errors = [];
    private readonly Lock _gate = new();
    private readonly Task _reading;
    private long _last;
    private LlamaWorkerException? _ended;

    private WorkerProcess(Process process)
    {
        (_process, Id) = (process, process.Id);
        _requests = new(process.StandardInput.BaseStream, WorkerJson.Default.WorkerRequest);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginErrorReadLine();
        _pending.Add(0, _ready);
        _reading = Task.Run(ReadAsync);
    }

    /// <summary>The process id.</summary>
    internal int Id { get; }

    internal bool HasEnded
    {
        get
        {
            lock (_gate)
                return _ended is not null;
        }
    }

    /// <summary>Starts a process and waits until it has loaded the model.</summary>
    /// <exception cref="LlamaWorkerException">It could not be started, ended, or took too long.</exception>
    internal static async Task<WorkerProcess> StartAsync(LlamaWorkerOptions options, WorkerSetup setup, CancellationToken cancellationToken)
    {
        var worker = new WorkerProcess(Launch(options));
        try
        {
            using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            timeout.CancelAfter(options.StartTimeout);
            await worker.SendAsync(new(0, Setup: setup)).ConfigureAwait(false);
            var reply = await worker._ready.Reader.ReadAsync(timeout.Token).ConfigureAwait(false);
            return reply.Error is { } error ? throw error.ToException() : worker;
        }
        catch (Exception error)
        {
            await worker.DisposeAsync().ConfigureAwait(false);
            throw error switch
            {
                ChannelClosedException { InnerException: LlamaWorkerException ended } => ended,
                OperationCanceledException when !cancellationToken.IsCancellationRequested =>
                    new LlamaWorkerException($"The llama worker was not ready within {options.StartTimeout.TotalSeconds:0} s. Raise StartTimeout, or use a smaller model.", error),
                _ => error,
            };
        }
    }

    /// <summary>Asks one question. Abandoning the replies cancels it.</summary>
    /// <exception cref="LlamaWorkerException">The process ended.</exception>
    internal async IAsyncEnumerable<WorkerReply> AskAsync(WorkerQuestion question, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var id = Interlocked.Increment(ref _last);
        var replies = Channel.CreateUnbounded<WorkerReply>();
        lock (_gate)
        {
            if (_ended is not null)
                throw _ended;
            _pending.Add(id, replies);
        }

        var isOver = false;
        try
        {
            await SendAsync(new(id, Question: question)).ConfigureAwait(false);
            await foreach (var reply in replies.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                isOver = reply.Result is not null || reply.Error is not null;
                if (reply.Error is { } error)
                    throw error.ToException();
                yield return reply;
                if (isOver)
                    yield break;
            }
        }
        finally
        {
            lock (_gate)
                _pending.Remove(id);
            if (!isOver && !HasEnded)
                await TryCancelAsync(id).ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
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
        _requests.Dispose();
    }

    private static Process Launch(LlamaWorkerOptions options)
    {
        var own = Environment.ProcessPath ?? throw new LlamaWorkerException("The path of this program is not known. Set LlamaWorkerOptions.FileName.");
        // `dotnet program.dll`: the program is the first argument of this process.
        var isDotnet = string.Equals(Path.GetFileNameWithoutExtension(own), "dotnet", StringComparison.OrdinalIgnoreCase);
        string[] arguments = options.FileName is null && isDotnet ? [Environment.GetCommandLineArgs()[0], .. options.Arguments] : [.. options.Arguments];
        var start = new ProcessStartInfo(options.FileName ?? own, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            return Process.Start(start) ?? throw new System.ComponentModel.Win32Exception("no process was started");
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            throw new LlamaWorkerException($"The llama worker {start.FileName} could not be started: {error.Message}. Correct LlamaWorkerOptions.FileName.", error);
        }
    }

    private async Task SendAsync(WorkerRequest request)
    {
        try
        {
            await _requests.WriteAsync(request).ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException or InvalidOperationException)
        {
            await _reading.ConfigureAwait(false); // it knows why
            throw _ended!;
        }
    }

    private async Task TryCancelAsync(long id)
    {
        try
        {
            await SendAsync(new(id)).ConfigureAwait(false);
        }
        catch (LlamaWorkerException)
        {
            // The question ended with the process.
        }
    }

    // The pipe's end is the process's: whoever waits is told then.
    private async Task ReadAsync()
    {
        var reason = "ended";
        try
        {
            while (await _process.StandardOutput.ReadLineAsync().ConfigureAwait(false) is { } line)
            {
                var reply = JsonSerializer.Deserialize(line, WorkerJson.Default.WorkerReply)!;
                lock (_gate)
                {
                    if (_pending.TryGetValue(reply.Id, out var replies))
                        replies.Writer.TryWrite(reply);
                }
            }

            await _process.WaitForExitAsync().WaitAsync(Grace).ConfigureAwait(false);
            reason = $"ended with exit code {_process.ExitCode}";
        }
        catch (Exception error) when (error is IOException or JsonException or TimeoutException)
        {
            reason = $"broke the pipe ({error.Message})";
            _process.Kill(entireProcessTree: true);
        }

        lock (_gate)
        {
            var said = _errors.Count > 0 ? $" Its last words: {string.Join(" | ", _errors)}" : "";
            _ended = new LlamaWorkerException($"The llama worker (process {Id}) {reason} before the answer was complete. Ask again: the next request starts another one.{said}");
            foreach (var replies in _pending.Values)
                replies.Writer.TryComplete(_ended);
            _pending.Clear();
        }
    }

    private void Keep(string? line)
    {
        if (string.IsNullOrWhiteSpace(line))
            return;
        lock (_gate)
        {
            _errors.Enqueue(line);
            if (_errors.Count > KeptErrorLines)
                _errors.Dequeue();
        }
    }
}
