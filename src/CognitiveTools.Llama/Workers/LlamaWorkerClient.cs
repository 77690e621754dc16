using System.Runtime.CompilerServices;
using System.Text.Json;
using CognitiveTools.Chat;
using CognitiveTools.Llama.Chat;
using CognitiveTools.Llama.Engine;
using CognitiveTools.Llama.Hosting;
using CognitiveTools.Llama.Models;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Llama.Workers;

/// <summary>
/// Chat with a local model whose engine runs in another process, so that a crash of the native library ends that process
/// and not this one. The process starts with the first request; should it end, the next request starts another one.
/// Requests it had are sent once more when their callers have not been given anything yet, else they fail with
/// <see cref="LlamaWorkerException"/>. Options as in <see cref="LlamaChatClient"/>. Thread-safe.
/// </summary>
public sealed class LlamaWorkerClient : IChatClient, IAsyncDisposable
{
    private static readonly ChatCapabilities Capabilities = new(Grammar: true);

    private readonly LlamaWorkerOptions _options;
    private readonly WorkerSetup _setup;
    private readonly ChatClientMetadata _metadata;
    private readonly SemaphoreSlim _starting = new(1);
    private WorkerProcess? _worker;
    private bool _disposed;
    private int _starts;

    /// <summary>Creates the client; nothing is started yet.</summary>
    /// <exception cref="System.ComponentModel.DataAnnotations.ValidationException">An option is missing or out of range.</exception>
    public LlamaWorkerClient(LlamaModelOptions model, LlamaEngineOptions? engine = null, LlamaWorkerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        (_setup, _options) = (new(model, engine ?? new()), options ?? new());
        AnnotationsValidator<LlamaModelOptions>.Require(model);
        AnnotationsValidator<LlamaEngineOptions>.Require(_setup.Engine);
        AnnotationsValidator<LlamaWorkerOptions>.Require(_options);
        _metadata = new("llama.cpp", providerUri: null, Path.GetFileName(model.Path));
    }

    /// <summary>Id of the process that runs now; <see langword="null"/> when none does.</summary>
    public int? ProcessId => _worker is { HasEnded: false } worker ? worker.Id : null;

    /// <summary>Processes started so far.</summary>
    public int Starts => Volatile.Read(ref _starts);

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">An option or a message cannot be honoured; the message names it.</exception>
    /// <exception cref="LlamaWorkerException">The process ended each time the question was asked.</exception>
    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        Generation? result = null;
        await foreach (var reply in AskAsync(Question(messages, options, streams: false), cancellationToken).ConfigureAwait(false))
            result = reply.Result;
        return ChatAnswers.Whole(result!, _metadata.DefaultModelId);
    }

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">An option or a message cannot be honoured; the message names it.</exception>
    /// <exception cref="LlamaWorkerException">The process ended when a part of the text had been given already.</exception>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var reply in AskAsync(Question(messages, options, streams: true), cancellationToken).ConfigureAwait(false))
        {
            yield return reply.Result is { } result
                ? ChatAnswers.Last(result, _metadata.DefaultModelId)
                : ChatAnswers.Piece(reply.Piece!, _metadata.DefaultModelId);
        }
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(ChatClientMetadata) ? _metadata
            : serviceType == typeof(ChatCapabilities) ? Capabilities
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    /// <summary>Ends the process.</summary>
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    /// <inheritdoc cref="Dispose"/>
    public async ValueTask DisposeAsync()
    {
        await _starting.WaitAsync().ConfigureAwait(false);
        try
        {
            _disposed = true;
            if (_worker is { } worker)
                await worker.DisposeAsync().ConfigureAwait(false);
            _worker = null;
        }
        finally
        {
            _starting.Release();
        }
    }

    private WorkerQuestion Question(IEnumerable<ChatMessage> messages, ChatOptions? options, bool streams)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var generation = GenerationOptionsReader.Read(options, _metadata.DefaultModelId);
        IList<ChatMessage> list = [.. ChatAnswers.WithInstructions(messages, options)];
        return new(JsonSerializer.SerializeToElement(list, WorkerJson.Messages), generation, streams);
    }

    private async IAsyncEnumerable<WorkerReply> AskAsync(WorkerQuestion question, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var hasGiven = false;
        for (var attempt = 1; ; attempt++)
        {
            var worker = await RunningAsync(cancellationToken).ConfigureAwait(false);
            await using var replies = worker.AskAsync(question, cancellationToken).GetAsyncEnumerator(cancellationToken);
            while (true)
            {
                try
                {
                    if (!await replies.MoveNextAsync().ConfigureAwait(false))
                        yield break;
                }
                catch (LlamaWorkerException) when (!hasGiven && attempt < _options.Attempts)
                {
                    break; // once more, with another process
                }

                hasGiven = true;
                yield return replies.Current;
            }
        }
    }

    private async Task<WorkerProcess> RunningAsync(CancellationToken cancellationToken)
    {
        await _starting.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_worker is { HasEnded: false } running)
                return running;
            if (_worker is { } ended)
                await ended.DisposeAsync().ConfigureAwait(false);
            _worker = null;
            Interlocked.Increment(ref _starts);
            return _worker = await WorkerProcess.StartAsync(_options, _setup, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _starting.Release();
        }
    }
}
