using System.Numerics.Tensors;
using CognitiveTools.Depth;
using CognitiveTools.Latents;
using CognitiveTools.Onnx.Engine;
using CognitiveTools.Onnx.Models;

namespace CognitiveTools.Onnx.Latents;

/// <summary>A sequence of a recurrent-depth model. Every call computes on the caller's thread and returns when it is done.</summary>
internal sealed class OnnxLatentSequence : IRecurrentSequence
{
    private readonly RecurrentGraphs _graphs;
    private readonly OnnxLatentModel _model;
    private readonly QuestionTokenizer _tokenizer;
    private readonly int _seed;
    private readonly SequenceCache _cache;
    private readonly List<int> _depths = [];
    private ReadOnlyMemory<float> _logits;
    private bool _closed;
    private int _busy;

    internal OnnxLatentSequence(
        RecurrentGraphs graphs, OnnxLatentModel model, QuestionTokenizer tokenizer, DepthPolicy depth, int seed, SequenceCache cache) =>
        (_graphs, _model, _tokenizer, Depth, _seed, _cache) = (graphs, model, tokenizer, depth, seed, cache);

    /// <inheritdoc/>
    public int Length => _cache.Length;

    /// <summary>How often the core is applied to rows appended from here on.</summary>
    public DepthPolicy Depth { get; }

    /// <inheritdoc/>
    public IReadOnlyList<int> Depths => _depths;

    /// <inheritdoc/>
    public long CorePasses { get; private set; }

    /// <inheritdoc/>
    public ValueTask<Prediction> AppendAsync(ReadOnlyMemory<int> tokens, CancellationToken cancellationToken = default)
    {
        if (tokens.IsEmpty)
            throw new ArgumentException("The list of tokens is empty. Give at least one token to append.", nameof(tokens));
        var width = _model.EmbeddingLength;
        var rows = new float[tokens.Length * width];
        for (var i = 0; i < tokens.Length; i++)
            _model.Embeddings.CopyRow(tokens.Span[i], rows.AsSpan(i * width, width));
        return ValueTask.FromResult(Exclusively(() => Append(rows, cancellationToken)));
    }

    /// <inheritdoc/>
    public ValueTask<Prediction> AppendAsync(ReadOnlyMemory<float> embeddings, CancellationToken cancellationToken = default)
    {
        var width = _model.EmbeddingLength;
        if (embeddings.IsEmpty || embeddings.Length % width != 0)
            throw new ArgumentException($"Embeddings come in rows of {width} floats; got {embeddings.Length} floats.", nameof(embeddings));
        return ValueTask.FromResult(Exclusively(() => Append(embeddings.ToArray(), cancellationToken)));
    }

    /// <inheritdoc/>
    /// <remarks>Cancelled, the sequence is as it was before the call.</remarks>
    /// <exception cref="InvalidOperationException">The sequence is empty or was rewound: append first.</exception>
    public ValueTask<Continuation> ContinueAsync(ContinuationOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        return ValueTask.FromResult(Exclusively(() =>
        {
            if (_logits.IsEmpty)
                throw new InvalidOperationException("There is no prediction to continue from. Append at least one row first.");
            var (length, logits) = (Length, _logits);
            try
            {
                return Continue(options, cancellationToken);
            }
            catch
            {
                Truncate(length);
                _logits = logits;
                throw;
            }
        }));
    }

    /// <inheritdoc/>
    ILatentSequence ILatentSequence.Fork() => Fork();

    /// <inheritdoc cref="ILatentSequence.Fork"/>
    public OnnxLatentSequence Fork() => Exclusively(() =>
    {
        var fork = new OnnxLatentSequence(_graphs, _model, _tokenizer, Depth, _seed, _cache.Share()) { _logits = _logits };
        fork._depths.AddRange(_depths);
        return fork;
    });

    /// <inheritdoc/>
    public void Rewind(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, Length);
        if (length == Length)
            return;
        Exclusively(() =>
        {
            Truncate(length);
            return length;
        });
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _closed = true;
        return ValueTask.CompletedTask;
    }

    private Prediction Append(float[] rows, CancellationToken cancellationToken)
    {
        var count = rows.Length / _model.EmbeddingLength;
        if (Length + count > _model.ContextLength)
            throw new ContextFullException(Length + count, _model.ContextLength);
        cancellationToken.ThrowIfCancellationRequested();
        var result = _cache.Forward(_graphs, rows, Depth, _seed, cancellationToken);
        var logits = result.Prediction.Logits.Span;
        if (InvalidPredictionException.ProblemOf(TensorPrimitives.Max(logits), TensorPrimitives.Min(logits)) is { } problem)
            throw new InvalidPredictionException(Path.GetFileName(_model.Path), Length + count - 1, problem);
        _cache.Append(result);
        _depths.AddRange(Enumerable.Repeat(result.Core.Count, count));
        CorePasses += (long)count * result.Core.Count;
        _logits = result.Prediction.Logits;
        return result.Prediction;
    }

    private Continuation Continue(ContinuationOptions options, CancellationToken cancellationToken)
    {
        var sampler = new LogitSampler(options.Temperature ?? 0, options.Seed);
        var tokens = new List<int>();
        var margins = new List<double>();
        var reported = 0;
        while (tokens.Count < options.MaxTokens)
        {
            var token = sampler.Next(_logits.Span);
            if (token == _tokenizer.EndOfTurn)
                return End(GenerationEnd.EndOfTurn);
            if (Length == _model.ContextLength)
                return End(GenerationEnd.ContextFull);
            tokens.Add(token);
            if (options.Margins)
                margins.Add(TokenMargin.Of(_logits.Span));
            var row = new float[_model.EmbeddingLength];
            _model.Embeddings.CopyRow(token, row);
            Append(row, cancellationToken);
            if (Stop(out var at))
                return End(GenerationEnd.StopSequence, at);
            Report();
        }

        return End(GenerationEnd.TokenLimit);

        Continuation End(GenerationEnd end, int? cut = null)
        {
            var text = _tokenizer.Decode(tokens);
            return new(cut is { } at ? text[..at] : text, tokens, end) { Margins = margins };
        }

        // Text behind a stop sequence that is not complete yet, or within a character, is reported at the end.
        void Report()
        {
            if (options.TextObserver is not { } observer || options.StopSequences.Count > 0)
                return;
            var text = _tokenizer.Decode(tokens);
            if (text.Length <= reported || text.EndsWith('\uFFFD'))
                return;
            observer.Report(new(text[reported..], IsThought: false));
            reported = text.Length;
        }

        bool Stop(out int at)
        {
            var text = options.StopSequences.Count == 0 ? "" : _tokenizer.Decode(tokens);
            at = options.StopSequences
                .Select(stop => text.IndexOf(stop, StringComparison.Ordinal))
                .Where(index => index >= 0)
                .DefaultIfEmpty(-1)
                .Min();
            return at >= 0;
        }
    }

    private void Truncate(int length)
    {
        _cache.Truncate(length);
        _depths.RemoveRange(length, _depths.Count - length);
        _logits = default;
    }

    private T Exclusively<T>(Func<T> work)
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        if (Interlocked.Exchange(ref _busy, 1) != 0)
            throw new InvalidOperationException("The sequence is in use by another call. Await that call first, or fork the sequence.");
        try
        {
            using var lease = _graphs.Lease();
            return work();
        }
        finally
        {
            Volatile.Write(ref _busy, 0);
        }
    }
}
