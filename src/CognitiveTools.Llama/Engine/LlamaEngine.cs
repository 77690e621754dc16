using System.ComponentModel.DataAnnotations;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using CognitiveTools.Chat;
using CognitiveTools.Latents;
using CognitiveTools.Llama.Models;
using CognitiveTools.Llama.Sampling;
using CognitiveTools.Llama.Thoughts;
using CognitiveTools.Llama.Validation;
using CognitiveTools.Reasoners;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CognitiveTools.Llama.Engine;

/// <summary>
/// One context of a model, shared by any number of callers. A single thread owns it and packs the rows of every waiting
/// sequence into each decode. Thread-safe.
/// </summary>
public sealed class LlamaEngine : IDisposable, IAsyncDisposable, IGroupStarter
{
    private readonly Channel<Command> _commands = Channel.CreateUnbounded<Command>(new() { SingleReader = true });
    // About three steps of a small model.
    private static readonly TimeSpan LongestSpin = TimeSpan.FromMilliseconds(1);

    private readonly DecodeLoop _loop;
    private readonly GrammarCompiler _grammars = new();
    private readonly bool _hasShortSteps;
    private int _running;

    /// <summary>Creates the context and starts the decode thread.</summary>
    /// <exception cref="ValidationException">An option is out of range.</exception>
    /// <exception cref="InvalidOperationException">llama.cpp could not create the context.</exception>
    public LlamaEngine(LlamaModel model, LlamaEngineOptions? options = null, ILogger<LlamaEngine>? logger = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        options ??= new();
        ValidOptions.Require(new EngineAnnotations(), options);
        if (model.ThoughtFormat is { } format && ThoughtStyle.Named(format) is null)
            throw new ValidationException(ThoughtStyle.Unknown(format));
        Model = model;
        Deterministic = options.Deterministic;
        Thoughts = new(model);
        var context = new NativeContext(model, options, wanted: options.LongestTurn?.Positions(Thoughts.Thinks) ?? 0);
        ContextLength = Math.Min(context.ContextLength, context.CacheLength);
        CacheLength = context.CacheLength;
        Plan = context.Plan;
        CacheType = context.CacheType;
        Threads = context.Threads;
        PlainAttention = context.PlainAttention;
        _hasShortSteps = LlamaEngineOptions.IsSmall(model.ParameterCount);
        _loop = new DecodeLoop(context, options, _commands.Reader, logger ?? NullLogger<LlamaEngine>.Instance);
    }

    /// <summary>The model.</summary>
    public LlamaModel Model { get; }

    /// <summary>Positions one sequence may hold.</summary>
    public int ContextLength { get; }

    /// <summary>Positions all sequences may hold together.</summary>
    public int CacheLength { get; }

    /// <summary>Threads of a decode with few rows.</summary>
    public int Threads { get; }

    /// <summary>How the room for positions and sequences was chosen.</summary>
    internal CachePlan Plan { get; }

    /// <summary>See <see cref="LlamaEngineOptions.CacheType"/>.</summary>
    internal Binding.CacheType CacheType { get; }

    /// <summary>See <see cref="NativeContext.PlainAttention"/>.</summary>
    internal bool PlainAttention { get; }

    /// <summary>Whether results are independent of what else the engine does.</summary>
    public bool Deterministic { get; }

    /// <summary>What was done so far.</summary>
    internal EngineCounters Counters => _loop.Counters;

    /// <summary>The thoughts of the model.</summary>
    internal EngineThoughts Thoughts { get; }

    /// <summary>Compiles the grammars of generations.</summary>
    internal GrammarCompiler Grammars => _grammars;

    /// <summary>Opens an empty sequence in the current <see cref="CachePartition"/>. Its first append takes a lane.</summary>
    internal EngineSequence Begin() => new(this, CachePartition.Current);

    /// <summary>Generates from a prompt in a new sequence.</summary>
    /// <exception cref="ContextFullException">The prompt leaves no room for an answer.</exception>
    internal async Task<Generation> GenerateAsync(
        ReadOnlyMemory<int> prompt, GenerationOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        RequirePrompt(prompt);
        using var sequence = Begin();
        var job = await WithGrammarAsync(
            options,
            constraint => NewGeneration(sequence, prompt, options, keepsSequence: false, pieces: null, constraint, cancellationToken),
            cancellationToken).ConfigureAwait(false);
        try
        {
            return await sequence.RunAsync(job, static job => job.Result).ConfigureAwait(false);
        }
        finally
        {
            if (job.IsFinished)
                await job.Heard.ConfigureAwait(false);
        }
    }

    /// <summary>As <see cref="GenerateAsync"/>, but streams the text piece by piece and then returns the whole.</summary>
    /// <exception cref="ContextFullException">The prompt leaves no room for an answer.</exception>
    internal async IAsyncEnumerable<GenerationPiece> StreamAsync(
        ReadOnlyMemory<int> prompt, GenerationOptions options, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        RequirePrompt(prompt);
        using var abandoned = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var pieces = Channel.CreateUnbounded<TextPiece>(new() { SingleReader = true, SingleWriter = true });
        using var sequence = Begin();
        var job = await WithGrammarAsync(
            options,
            constraint => NewGeneration(sequence, prompt, options, keepsSequence: false, pieces.Writer, constraint, abandoned.Token),
            abandoned.Token).ConfigureAwait(false);
        var running = sequence.RunAsync(job, static job => job.Result);
        try
        {
            await foreach (var piece in pieces.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
                yield return new(piece.Text, Result: null) { IsThought = piece.IsThought };
            yield return new("", await running.ConfigureAwait(false));
        }
        finally
        {
            if (!running.IsCompleted)
                await abandoned.CancelAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Stops the decode thread; running requests fail with <see cref="ObjectDisposedException"/>.</summary>
    public void Dispose()
    {
        End();
        _loop.Stopped.GetAwaiter().GetResult();
        _grammars.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    /// <inheritdoc cref="Dispose"/>
    public async ValueTask DisposeAsync()
    {
        End();
        await _loop.Stopped.ConfigureAwait(false);
        await _grammars.DisposeAsync().ConfigureAwait(false);
    }

    private void End()
    {
        _commands.Writer.TryComplete();
        _loop.End();
    }

    /// <summary>Runs code on the decode thread with an empty lane.</summary>
    internal async Task<T> RunExclusiveAsync<T>(
        Func<NativeContext, BatchBuffer, SequenceId, T> action, CancellationToken cancellationToken = default)
    {
        using var sequence = Begin();
        var job = new ExclusiveJob<T>(sequence, action, cancellationToken);
        return await sequence.RunAsync(job, static job => job.Result).ConfigureAwait(false);
    }

    /// <summary>Starts the generations of a group.</summary>
    void IGroupStarter.Start(IReadOnlyList<object> requests) => Post(new([.. requests.Cast<Job>()]));

    /// <summary>Posts a job and waits for its result.</summary>
    internal async Task<T> RunAsync<T>(Command command, Task<T> result)
    {
        await RunAsync(command, command.Job!, result).ConfigureAwait(false);
        return await result.ConfigureAwait(false);
    }

    /// <summary>Posts jobs as one command and waits until each of them has ended.</summary>
    internal Task RunAsync(JobGroup group) => RunAsync(new(group.Jobs), group.Jobs[0], group.Ended);

    private async Task RunAsync(Command command, Job first, Task result)
    {
        var isAlone = Interlocked.Increment(ref _running) == 1;
        try
        {
            // Only a job with its own sequence may be delayed; commands about other sequences keep their order.
            if (!(command.Job is { EndsSequence: true } job && StartGroup.TryKeep(this, job)))
                Post(command);
            // Spin before awaiting: for small models a step takes only a few times longer than a thread wake-up. Not at the first step,
            // whose caller may be about to start other sequences for the same batch.
            if (isAlone && _hasShortSteps && first is AppendJob && _loop.AnsweredAlone == first.Sequence)
                SpinUntilCompleted(result);
            await result.ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }

    /// <summary>Counts what the cache holds between two decodes, without the lane that the count itself takes.</summary>
    internal async Task<CacheUsage> CountCacheAsync(CancellationToken cancellationToken = default)
    {
        var usage = await RunExclusiveAsync((_, _, _) => _loop.Count(), cancellationToken).ConfigureAwait(false);
        return usage with { OpenLanes = usage.OpenLanes - 1 };
    }

    internal void Post(Command command)
    {
        if (_commands.Writer.TryWrite(command))
            return;
        command.Fail(static () => new ObjectDisposedException(nameof(LlamaEngine)));
    }

    /// <param name="sequence">The sequence to continue.</param>
    /// <param name="prompt">Tokens to forward first; empty to continue from the sequence's last prediction.</param>
    /// <param name="options">How to generate.</param>
    /// <param name="keepsSequence">Whether the caller keeps the sequence.</param>
    /// <param name="pieces">Receives the text as it becomes certain.</param>
    /// <param name="constraint">The compiled grammar of the options; the job disposes it.</param>
    /// <param name="cancellationToken">Ends the job between decodes.</param>
    internal GenerateJob NewGeneration(
        EngineSequence sequence,
        ReadOnlyMemory<int> prompt,
        GenerationOptions options,
        bool keepsSequence,
        ChannelWriter<TextPiece>? pieces,
        GrammarConstraint? constraint,
        CancellationToken cancellationToken)
    {
        if (options.MaxTokens is <= 0)
            throw new ArgumentOutOfRangeException(nameof(options), options.MaxTokens, "MaxTokens must be at least 1.");
        options.Steering?.Vector.Require(Model.Path, Model.LayerWidth, Model.LayerCount);
        var thoughts = Thoughts.ReaderFor(prompt.Span, options);
        return options.Sampling.Grammar is null == constraint is null
            ? new(sequence, prompt, options, EffectiveSampling.Of(options.Sampling, Model.Sampling), keepsSequence, Model.Tokenizer,
                ContextLength, pieces, thoughts, constraint, cancellationToken)
            : throw new ArgumentException("A grammar is compiled before the job that it binds is made.", nameof(constraint));
    }

    /// <summary>Makes a job, once the grammar of its options has been compiled.</summary>
    internal async ValueTask<GenerateJob> WithGrammarAsync(
        GenerationOptions options, Func<GrammarConstraint?, GenerateJob> make, CancellationToken cancellationToken)
    {
        var constraint = options.Sampling.Grammar is { } grammar
            ? await _grammars.CompileAsync(
                grammar, options.Sampling.GrammarTrigger, Model.Tokenizer, cancellationToken,
                options.Sampling.ShownTokens).ConfigureAwait(false)
            : null;
        try
        {
            return make(constraint);
        }
        catch
        {
            constraint?.Dispose();
            throw;
        }
    }

    private static void SpinUntilCompleted(Task result)
    {
        var start = Stopwatch.GetTimestamp();
        while (!result.IsCompleted && Stopwatch.GetElapsedTime(start) < LongestSpin)
            DecodeLoop.Spin();
    }

    private void RequirePrompt(ReadOnlyMemory<int> prompt)
    {
        if (prompt.IsEmpty)
            throw new ArgumentException("The prompt is empty. Give at least the token that begins a text.", nameof(prompt));
        if (prompt.Length >= ContextLength)
            throw new ContextFullException(prompt.Length + 1, ContextLength);
    }
}
