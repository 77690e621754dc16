using CognitiveTools.Llama.Engine;
using CognitiveTools.Llama.Facts;
using CognitiveTools.Llama.Models;
using CognitiveTools.Llama.Validation;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CognitiveTools.Llama.Workers;

/// <summary>
/// An engine in a process of its own, so that a crash of the native library ends that process and not this one. The process
/// starts with the first request, this program once more unless the options name another one: its <c>Main</c> must begin with
/// <see cref="LlamaWorkerHost.RunIfAskedAsync"/>. Should it end, the next request starts another one; one
/// that does not answer a ping (<see cref="LlamaWorkerOptions.ResponseTimeout"/>) is killed. Calls that leave nothing behind in it
/// are sent once more when it ends before their callers have been given anything; other ones, and all that concern a sequence in
/// it, fail with <see cref="LlamaWorkerException"/>. Thread-safe.
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

    /// <summary>Takes the options; nothing is started yet.</summary>
    /// <param name="model">What the process loads.</param>
    /// <param name="engine">How its engine uses the model.</param>
    /// <param name="options">How the process is started and watched.</param>
    /// <param name="logger">Told when a process ends, and which one takes its place.</param>
    /// <param name="time">Clock of <see cref="LlamaWorkerOptions.ResponseTimeout"/>; the system's when none is given.</param>
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
        AnnotationsValidator<LlamaModelOptions>.Require(model);
        AnnotationsValidator<LlamaEngineOptions>.Require(_setup.Engine);
        AnnotationsValidator<LlamaWorkerOptions>.Require(_options);
        ModelName = Path.GetFileName(model.Path!);
    }

    /// <summary>Id of the process that runs now; <see langword="null"/> when none does.</summary>
    public int? ProcessId => _process is { HasEnded: false } process ? process.Id : null;

    /// <summary>Processes started so far.</summary>
    public int Starts => Volatile.Read(ref _starts);

    /// <summary>Whether a process has loaded the model at least once.</summary>
    internal bool HasBeenReady { get; private set; }

    /// <summary>Name of the model's file.</summary>
    internal string ModelName { get; }

    /// <summary>See <see cref="LlamaEngineOptions.Deterministic"/>.</summary>
    internal bool IsDeterministic => _setup.Engine.Deterministic;

    /// <summary>How often a call is sent that leaves nothing behind.</summary>
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

    /// <summary>Makes a call that leaves nothing behind, for callers that cannot await.</summary>
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
                // Once more, with another process.
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
            HasBeenReady = true;
            return _process;
        }
        finally
        {
            _starting.Release();
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "The llama worker (process {Process}) {Reason}")]
    private partial void LogEnded(int process, string reason);

    [LoggerMessage(2, LogLevel.Warning, "Process {Process} is the llama worker now; it is the start number {Starts}.")]
    private partial void LogReplaced(int process, int starts);
}
