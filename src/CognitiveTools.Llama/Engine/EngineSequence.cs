using CognitiveTools.Latents;
using CognitiveTools.Llama.Sampling;

namespace CognitiveTools.Llama.Engine;

/// <summary>
/// A sequence in an engine's cache: append, fork, rewind, generate. Used by one caller at a time; disposing frees its lane. The first
/// append or fork takes a lane; when all lanes are taken, sequences wait for one in order.
/// </summary>
internal sealed class EngineSequence : ILatentSequence, IDisposable
{
    private readonly LlamaEngine _engine;
    private bool _closed;
    private int _busy;

    internal EngineSequence(LlamaEngine engine, string? partition = null) => (_engine, Partition) = (engine, partition);

    internal LlamaEngine Engine => _engine;

    /// <summary>Positions held.</summary>
    public int Length { get; private set; }

    /// <summary>The model's file name, for messages.</summary>
    internal string ModelName => Path.GetFileName(_engine.Model.Path);

    /// <summary>Logits after the last position; empty after a rewind and before the first append.</summary>
    internal ReadOnlyMemory<float> LastLogits { get; private set; }

    /// <summary>
    /// Sequences share prefixes with those of the same partition only (<see cref="CognitiveTools.Chat.CachePartition"/>).
    /// </summary>
    internal string? Partition { get; }

    // The rest of the state belongs to the decode thread.

    /// <summary>The lane; null while it is waited for.</summary>
    internal Lane? Lane { get; set; }

    /// <summary>The sequence whose first <see cref="ForkLength"/> positions this one starts with, until it has a lane.</summary>
    internal EngineSequence? Parent { get; set; }

    internal int ForkLength { get; set; }

    /// <summary>Inputs of the positions after those in the lane, which must be forwarded again (<see cref="ReplayJob"/>).</summary>
    internal List<LaneRow> Lost { get; } = [];

    /// <summary>Forks that wait for a lane and need this one's positions until then.</summary>
    internal List<EngineSequence> PendingForks { get; } = [];

    /// <summary>Work to start once there is a lane.</summary>
    internal Job? FirstJob { get; set; }

    /// <summary>Appends tokens and predicts what follows the last one.</summary>
    /// <exception cref="ContextFullException">The sequence would outgrow the context; nothing was appended.</exception>
    /// <exception cref="InvalidPredictionException">The model computed no usable logits; nothing was appended.</exception>
    public ValueTask<Prediction> AppendAsync(ReadOnlyMemory<int> tokens, CancellationToken cancellationToken = default) =>
        new(RunAsync(NewAppend(tokens, cancellationToken), static job => job.Result));

    /// <summary>Appends embeddings and predicts what follows the last one.</summary>
    /// <param name="embeddings">rows x <see cref="Models.LlamaModel.EmbeddingLength"/> floats.</param>
    /// <param name="cancellationToken">Cancels between decodes.</param>
    /// <exception cref="ContextFullException">The sequence would outgrow the context; nothing was appended.</exception>
    /// <exception cref="InvalidPredictionException">The model computed no usable logits; nothing was appended.</exception>
    /// <exception cref="NotSupportedException">llama.cpp takes tokens only for the model's architecture.</exception>
    public ValueTask<Prediction> AppendAsync(ReadOnlyMemory<float> embeddings, CancellationToken cancellationToken = default) =>
        new(RunAsync(NewAppend(embeddings, cancellationToken), static job => job.Result));

    /// <summary>Generates from the last prediction on. Afterwards the sequence holds every token of the result.</summary>
    /// <exception cref="InvalidOperationException">The sequence is empty or was rewound: append first.</exception>
    /// <exception cref="InvalidPredictionException">The model computed no usable logits.</exception>
    public async Task<Generation> ContinueAsync(GenerationOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var job = await _engine
            .WithGrammarAsync(options, constraint => NewContinuation(options, constraint, cancellationToken), cancellationToken)
            .ConfigureAwait(false);
        try
        {
            return await RunAsync(job, static job => job.Result).ConfigureAwait(false);
        }
        finally
        {
            if (job.IsFinished)
                await job.Heard.ConfigureAwait(false);
        }
    }

    async ValueTask<Continuation> ILatentSequence.ContinueAsync(ContinuationOptions options, CancellationToken cancellationToken) =>
        (await ContinueAsync(_engine.Thoughts.OptionsOf(options), cancellationToken).ConfigureAwait(false)).ToContinuation();

    internal AppendJob NewAppend(ReadOnlyMemory<int> tokens, CancellationToken cancellationToken)
    {
        if (tokens.IsEmpty)
            throw new ArgumentException("The list of tokens is empty. Give at least one token to append.", nameof(tokens));
        foreach (var token in tokens.Span)
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)token, (uint)_engine.Model.Tokenizer.Count, nameof(tokens));
        RequireRoom(tokens.Length);
        return new(this, tokens, cancellationToken);
    }

    internal AppendJob NewAppend(ReadOnlyMemory<float> embeddings, CancellationToken cancellationToken)
    {
        var width = _engine.Model.EmbeddingLength;
        if (embeddings.IsEmpty || embeddings.Length % width != 0)
            throw new ArgumentException($"Embeddings come in rows of {width} floats; got {embeddings.Length} floats.", nameof(embeddings));
        _engine.Model.RequireEmbeddings();
        RequireRoom(embeddings.Length / width);
        return new(this, embeddings, embeddings.Length / width, cancellationToken);
    }

    /// <param name="options">How to generate.</param>
    /// <param name="constraint">The compiled grammar of the options; the job disposes it.</param>
    /// <param name="cancellationToken">Ends the job between decodes.</param>
    internal GenerateJob NewContinuation(GenerationOptions options, GrammarConstraint? constraint, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (LastLogits.IsEmpty)
            throw new InvalidOperationException("There is no prediction to continue from. Append at least one row first.");
        return _engine.NewGeneration(this, default, options, keepsSequence: true, pieces: null, constraint, cancellationToken);
    }

    /// <summary>A second sequence with the same contents; the cache of the common part is shared.</summary>
    public EngineSequence Fork()
    {
        Enter();
        try
        {
            var fork = new EngineSequence(_engine, Partition) { Length = Length, LastLogits = LastLogits };
            if (Length > 0)
                _engine.Post(new(CommandKind.Fork, this, Other: fork, Length: Length));
            return fork;
        }
        finally
        {
            Exit();
        }
    }

    ILatentSequence ILatentSequence.Fork() => Fork();

    /// <summary>Forgets everything after the first <paramref name="length"/> positions.</summary>
    public void Rewind(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, Length);
        if (length == Length)
            return;
        Enter();
        try
        {
            _engine.Post(new(CommandKind.Rewind, this, Length: length));
            Commit(length, default);
        }
        finally
        {
            Exit();
        }
    }

    /// <summary>Frees the lane; its tokens may serve later prompts as a prefix.</summary>
    public void Dispose()
    {
        if (_closed)
            return;
        _closed = true;
        _engine.Post(new(CommandKind.Close, this));
    }

    /// <inheritdoc cref="Dispose"/>
    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Called by the decode thread when a job ends well, before its caller learns of it.</summary>
    internal void Commit(int length, ReadOnlyMemory<float> logits) => (Length, LastLogits) = (length, logits);

    internal async Task<TResult> RunAsync<TJob, TResult>(TJob job, Func<TJob, Task<TResult>> result)
        where TJob : Job
    {
        try
        {
            Enter();
        }
        catch
        {
            job.End();
            throw;
        }

        try
        {
            if (job.Cancellation.IsCancellationRequested)
            {
                job.End();
                job.Cancellation.ThrowIfCancellationRequested();
            }

            using var registration = job.Cancellation.UnsafeRegister(static engine => ((LlamaEngine)engine!).Post(default), _engine);
            return await _engine.RunAsync(new(CommandKind.Start, this, job), result(job)).ConfigureAwait(false);
        }
        finally
        {
            Exit();
        }
    }

    private void RequireRoom(int rows)
    {
        if (Length + rows > _engine.ContextLength)
            throw new ContextFullException(Length + rows, _engine.ContextLength);
    }

    /// <summary>Marks the sequence as in use.</summary>
    /// <exception cref="InvalidOperationException">It is in use.</exception>
    internal void Enter()
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        if (Interlocked.Exchange(ref _busy, 1) != 0)
            throw new InvalidOperationException("The sequence is in use by another call. Await that call first, or fork the sequence.");
    }

    internal void Exit() => Volatile.Write(ref _busy, 0);
}
