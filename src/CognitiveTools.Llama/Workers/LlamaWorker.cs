using CognitiveTools.Llama.Engine;
using CognitiveTools.Llama.Facts;
using CognitiveTools.Llama.Models;
using CognitiveTools.Llama.Thoughts;
using CognitiveTools.Llama.Validation;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CognitiveTools.Llama.Workers;

/// <summary>
/// An engine in a separate process, so that a crash of the native library ends that process and not this one. The first request starts
/// the process: this program again, unless the options name another one. The program's <c>Main</c> must begin with
/// <see cref="LlamaWorkerHost.RunIfAskedAsync"/>. When the process ends, the next request starts another one; a process that does not
/// answer a ping (<see cref="LlamaWorkerOptions.ResponseTimeout"/>) is killed. Idempotent calls are retried when the process ends before
/// they have produced output; other calls, and all calls to a sequence in it, fail with <see cref="LlamaWorkerException"/>. Thread-safe.
/// </summary>
public sealed partial class LlamaWorker : IDisposable, IAsyncDisposable
{
    private readonly ILogger _logger;
    private readonly LlamaWorkerOptions _options;
    private readonly SetupCall _setup;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _starting = new(1);
    private volatile WorkerProcess? _process;
    private bool _disposed;
    private int _starts;
    private long _lastSequence;

    /// <summary>Checks the options; starts no process yet.</summary>
    /// <param name="model">What the process loads.</param>
    /// <param name="engine">How its engine uses the model.</param>
    /// <param name="options">How the process is started and watched.</param>
    /// <param name="logger">Gets the end of a process, and its replacement.</param>
    /// <param name="time">Clock of <see cref="LlamaWorkerOptions.ResponseTimeout"/>; the default is the system's.</param>
    /// <exception cref="System.ComponentModel.DataAnnotations.ValidationException">An option is missing or out of range.</exception>
    /// <exception cref="InvalidOperationException">
    /// This process was itself started as a worker; the message says what its program lacks.
    /// </exception>
    public LlamaWorker(
        LlamaModelOptions model,
        LlamaEngineOptions? engine = null,
        LlamaWorkerOptions? options = null,
        ILogger<LlamaWorker>? logger = null,
        TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        LlamaWorkerHost.ThrowIfAsked();
        _logger = logger ?? NullLogger<LlamaWorker>.Instance;
        (_setup, _options, _time) = (new(model, engine ?? new()), options ?? new(), time ?? TimeProvider.System);
        ValidOptions.Require(new ModelAnnotations(), model);
        ValidOptions.Require(new EngineAnnotations(), _setup.Engine);
        ValidOptions.Require(new WorkerAnnotations(), _options);
        ModelName = Path.GetFileName(model.Path!);
    }

    /// <summary>Id of the running process; <see langword="null"/> when no process runs.</summary>
    public int? ProcessId => _process is { HasEnded: false } process ? process.Id : null;

    /// <summary>Processes started so far.</summary>
    public int Starts => Volatile.Read(ref _starts);

    /// <summary>Whether a process has loaded the model at least once.</summary>
    internal bool HasBeenReady { get; private set; }

    /// <summary>Whether the model thinks (<see cref="EngineThoughts.Thinks"/>); <see langword="null"/> before a process has run.</summary>
    internal bool? Thinks { get; private set; }

    /// <summary>See <see cref="EngineThoughts.HasLevels"/>; <see langword="null"/> before a process has run.</summary>
    internal bool? ThinksInLevels { get; private set; }

    /// <summary>See <see cref="EngineThoughts.EndsAtAnswer"/>.</summary>
    internal bool ThinksUntilAnswer => _setup.Model.ThoughtFormat == ThoughtStyle.UntilAnswer;

    /// <summary>Name of the model's file.</summary>
    internal string ModelName { get; }

    /// <summary>See <see cref="LlamaEngineOptions.Deterministic"/>.</summary>
    internal bool IsDeterministic => _setup.Engine.Deterministic;

    /// <summary>Attempts of an idempotent call.</summary>
    internal int Attempts => _options.Attempts;

    /// <summary>Starts the process unless it runs, and waits until the model is loaded.</summary>
    /// <exception cref="LlamaWorkerException">The process could not be started, ended, or took too long.</exception>
    public Task StartAsync(CancellationToken cancellationToken = default) => InspectAsync(cancellationToken);

    /// <summary>Starts the process unless it runs, and describes what it runs.</summary>
    /// <exception cref="LlamaWorkerException">The process could not be started, ended, or took too long.</exception>
    internal async Task<EngineFacts> InspectAsync(CancellationToken cancellationToken) =>
        (await RunningAsync(cancellationToken).ConfigureAwait(false)).Facts;

    /// <summary>Ends the process.</summary>
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    /// <inheritdoc cref="Dispose"/>
    public async ValueTask DisposeAsync()
    {
        await _starting.WaitAsync().ConfigureAwait(false);
        try
        {
            _disposed = true;
            if (_process is { } process)
                await process.DisposeAsync().ConfigureAwait(false);
            _process = null;
        }
        finally
        {
            _starting.Release();
        }
    }

    internal ValueTask<WorkerProcess> RunningAsync(CancellationToken cancellationToken) =>
        _process is { HasEnded: false } process ? new(process) : new(StartedAsync(cancellationToken));

    /// <summary>Makes an idempotent call, for callers that cannot await.</summary>
    /// <exception cref="LlamaWorkerException">The process ended each time.</exception>
    internal WorkerFrame<T> Ask<T>(WorkerCall<T> call)
    {
        for (var attempt = 1; ; attempt++)
        {
            var process = RunningAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult();
            try
            {
                return process.Call(call);
            }
            catch (LlamaWorkerException) when (attempt < Attempts)
            {
                // Retry with another process.
            }
        }
    }

    /// <summary>A number for a sequence.</summary>
    internal long NextSequence() => Interlocked.Increment(ref _lastSequence);

    private async Task<WorkerProcess> StartedAsync(CancellationToken cancellationToken)
    {
        await _starting.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_process is { HasEnded: false } running)
                return running;
            if (_process is { } ended)
                await ended.DisposeAsync().ConfigureAwait(false);
            _process = null;
            Interlocked.Increment(ref _starts);
            _process = await WorkerProcess.StartAsync(_options, _setup, _time, LogEnded, cancellationToken).ConfigureAwait(false);
            if (Starts > 1)
                LogReplaced(_process.Id, Starts);
            var model = _process.Facts.Model;
            (HasBeenReady, Thinks, ThinksInLevels) = (true, model.Thoughts is not null, model.ThinksInLevels);
            return _process;
        }
        finally
        {
            _starting.Release();
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "The llama worker (process {Process}) {Reason}")]
    private partial void LogEnded(int process, string reason);

    [LoggerMessage(2, LogLevel.Warning, "Process {Process} is now the llama worker (start number {Starts}).")]
    private partial void LogReplaced(int process, int starts);
}
