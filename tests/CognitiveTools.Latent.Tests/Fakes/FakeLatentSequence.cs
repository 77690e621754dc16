using CognitiveTools.Latents;
using CognitiveTools.Randomness;

namespace CognitiveTools.Latent.Tests.Fakes;

/// <summary>Keeps the hidden state of every position, as a key-value cache keeps its rows.</summary>
public sealed class FakeLatentSequence : ILatentSequence
{
    private readonly FakeLatentModel _model;
    private readonly List<float[]> _states;
    private bool _hasPrediction;
    private bool _disposed;

    internal FakeLatentSequence(FakeLatentModel model, IEnumerable<float[]> states)
    {
        _model = model;
        _states = [.. states];
        _hasPrediction = _states.Count > 0;
    }

    public int Length => _states.Count;

    public ValueTask<Prediction> AppendAsync(ReadOnlyMemory<int> tokens, CancellationToken cancellationToken = default)
    {
        var rows = new float[tokens.Length * _model.EmbeddingLength];
        for (var i = 0; i < tokens.Length; i++)
            _model.Embeddings.CopyRow(tokens.Span[i], rows.AsSpan(i * _model.EmbeddingLength));
        return Append("tokens", rows, cancellationToken);
    }

    public ValueTask<Prediction> AppendAsync(ReadOnlyMemory<float> embeddings, CancellationToken cancellationToken = default)
    {
        var result = Append("embeddings", embeddings, cancellationToken);
        foreach (var row in embeddings.ToArray().Chunk(_model.EmbeddingLength))
            _model.FedEmbeddings.Add(row);
        return result;
    }

    public async ValueTask<Continuation> ContinueAsync(ContinuationOptions options, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (!_hasPrediction)
            throw new InvalidOperationException("There is no prediction to go on from. Append something first.");

        var random = SeededRandom.Of(options.Seed);
        var tokens = new List<int>();
        var margins = new List<double>();
        var room = options.MaxTokens + (_model.ThoughtMarks is null ? 0 : options.Turn?.ThoughtTokens ?? 0);
        while (tokens.Count < room)
        {
            var token = Choose(Logits(_states[^1]), options.Temperature ?? 0, random);
            if (token == FakeLatentModel.EndOfTurn || tokens.Count == _model.AnswerLength)
                return Result(options.Turn, tokens, margins, GenerationEnd.EndOfTurn);
            if (Length == _model.ContextLength)
                return Result(options.Turn, tokens, margins, GenerationEnd.ContextFull);
            tokens.Add(token);
            if (options.Margins && _model.ReportsMargins)
                margins.Add(TokenMargin.Of(Logits(_states[^1])));
            await AppendAsync(new[] { token }, cancellationToken);
        }

        return Result(options.Turn, tokens, margins, GenerationEnd.TokenLimit);
    }

    public ILatentSequence Fork()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        _model.Opened();
        return new FakeLatentSequence(_model, _states);
    }

    public void Rewind(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, Length);
        if (length == Length)
            return;
        _states.RemoveRange(length, Length - length);
        _hasPrediction = false;
    }

    public ValueTask DisposeAsync()
    {
        if (!_disposed)
            _model.Closed();
        _disposed = true;
        return ValueTask.CompletedTask;
    }

    private ValueTask<Prediction> Append(string kind, ReadOnlyMemory<float> rows, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        var count = Math.DivRem(rows.Length, _model.EmbeddingLength, out var rest);
        if (count == 0 || rest != 0)
            throw new ArgumentException($"Give at least one whole row of {_model.EmbeddingLength} floats, not {rows.Length}.",
                nameof(rows));

        _model.OnAppend?.Invoke(kind, count);
        cancellationToken.ThrowIfCancellationRequested();
        if (Length + count > _model.ContextLength)
            throw new ContextFullException(Length + count, _model.ContextLength);

        if (Length + count > _model.IsBrokenFrom)
            throw new InvalidPredictionException("fake", Length + count - 1, InvalidPredictionException.ProblemOf(float.NaN, float.NaN)!);

        foreach (var row in rows.ToArray().Chunk(_model.EmbeddingLength))
            _states.Add(Step(_states.Count == 0 ? new float[3] : _states[^1], row));
        _model.Forwarded += count;
        _hasPrediction = true;
        return ValueTask.FromResult(new Prediction((float[])_states[^1].Clone(), Logits(_states[^1])));
    }

    private static float[] Step(float[] state, float[] input) =>
        [.. FakeLatentModel.Transition.Select((row, i) => MathF.Tanh(Dot(row, state) + input[i]))];

    private static float[] Logits(float[] state) => [.. FakeLatentModel.Output.Select(row => Dot(row, state))];

    private static float Dot(float[] a, float[] b) => (a[0] * b[0]) + (a[1] * b[1]) + (a[2] * b[2]);

    private static int Choose(float[] logits, float temperature, Random random)
    {
        if (temperature == 0)
            return Array.IndexOf(logits, logits.Max());

        var weights = logits.Select(logit => Math.Exp(logit / temperature)).ToArray();
        var left = random.NextDouble() * weights.Sum();
        var token = 0;
        while (token < weights.Length - 1 && (left -= weights[token]) > 0)
            token++;
        return token;
    }

    private Continuation Result(TurnSoFar? turn, List<int> tokens, List<double> margins, GenerationEnd end)
    {
        var all = new Continuation(string.Concat(tokens.Select(_model.Tokenizer.Describe)), tokens, end) { Margins = margins };
        if (turn is null || _model.Separate(turn) is not { } before)
            return all;
        var after = _model.Separate(turn with { Tokens = [.. turn.Tokens, .. tokens.Select(TurnToken.Said)] })!;
        return all with
        {
            Text = after.Text[before.Text.Length..],
            Thoughts = after.Thoughts[before.Thoughts.Length..],
            ThoughtTokens = after.ThoughtTokens - before.ThoughtTokens,
        };
    }
}
