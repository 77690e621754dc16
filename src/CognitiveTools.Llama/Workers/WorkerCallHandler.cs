using System.Collections.Concurrent;
using CognitiveTools.Chat;
using CognitiveTools.Latents;
using CognitiveTools.Llama.Chat;
using CognitiveTools.Llama.Engine;
using CognitiveTools.Llama.Facts;
using CognitiveTools.Llama.Latents;
using CognitiveTools.Llama.Models;

namespace CognitiveTools.Llama.Workers;

/// <summary>
/// Answers calls in the worker. Owns the model, its engine, and the sequences by their numbers. Methods look a sequence up on the reading
/// thread and then run on pool threads.
/// </summary>
internal sealed class WorkerCallHandler : IAsyncDisposable
{
    private readonly LlamaModel _model;
    private readonly LlamaEngine _engine;
    private readonly Lazy<Task<LlamaLatentModel>> _latent;
    private readonly ConcurrentDictionary<long, ILatentSequence> _sequences = [];

    internal WorkerCallHandler(SetupCall setup)
    {
        _model = LlamaModel.Load(setup.Model);
        try
        {
            _engine = new LlamaEngine(_model, setup.Engine);
        }
        catch
        {
            _model.Dispose();
            throw;
        }

        _latent = new(() => LlamaLatentModel.CreateAsync(_engine));
    }

    internal EngineFacts Facts => LlamaDoctor.InspectEngine(_engine);

    /// <summary>
    /// Answers one call. The sequence is looked up before the method returns, so that a close after it finds the sequence.
    /// </summary>
    /// <param name="call">The call.</param>
    /// <param name="rows">The rows of its frame.</param>
    /// <param name="tell">Sends a piece.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The answer and its rows.</returns>
    internal async Task<WorkerFrame<WorkerAnswer>> AnswerAsync(
        WorkerCall call, float[] rows, Action<PieceAnswer> tell, CancellationToken cancellationToken)
    {
        var sequence = call is ISequenceCall { Sequence: var number } ? SequenceOf(number) : null;
        if (!StartGroup.IsOpen)
            await Task.Yield(); // the next call must not wait for this one
        if (sequence is not null)
            return await AnswerAsync(sequence, call, rows, tell, cancellationToken).ConfigureAwait(false);
        var tokenizer = _model.Tokenizer;
        return call switch
        {
            ChatCall chat => Answer(await GenerateAsync(chat, tell, cancellationToken).ConfigureAwait(false)),
            EncodeChatCall encode => Answer(tokenizer.EncodeChat(WorkerJson.Read(encode.Messages))),
            EncodeCall encode => Answer(tokenizer.Encode(encode.Text)),
            FindCall find => Answer(tokenizer.Find(find.Text)),
            DescribeCall describe => Answer(tokenizer.Describe(describe.Token)),
            DecodeCall decode => Answer(tokenizer.Decode(decode.Tokens)),
            EndOfTurnCall end => Answer(tokenizer.IsEndOfTurn(end.Token)),
            SeparateCall separate => Answer(_engine.Thoughts.Separate(separate.Turn, separate.IsEnd)),
            LatentSizesCall => Answer(SizesOf(await _latent.Value.WaitAsync(cancellationToken).ConfigureAwait(false))),
            NormsCall norms => Answer(NormsOf(await MatrixAsync(norms.OfOutput).ConfigureAwait(false))),
            RowsCall some => new(new ValueAnswer<Done>(new()), RowsOf(await MatrixAsync(some.OfOutput).ConfigureAwait(false), some)),
            _ => throw new InvalidDataException($"A running worker does not take the call {call.GetType().Name}."),
        };
    }

    /// <summary>Steps a group. Sequences are looked up before the method returns, so that a close after it finds them.</summary>
    /// <param name="call">The call.</param>
    /// <param name="rows">The members' embeddings, in their order.</param>
    /// <param name="tell">Sends a piece.</param>
    /// <param name="cancellation">Cancels the members, in their order.</param>
    internal async Task<WorkerFrame<WorkerAnswer>> StepAsync(
        StepCall call, float[] rows, Action<PieceAnswer> tell, CancellationToken[] cancellation)
    {
        var steps = new SequenceStep[call.Steps.Count];
        var from = 0;
        for (var i = 0; i < steps.Length; i++)
        {
            var step = call.Steps[i];
            var sequence = SequenceOf(step.Sequence);
            steps[i] = step.Continuation is { } options
                ? SequenceStep.Continue(sequence, Told(options, step.Streams, tell, i), cancellation[i])
                : step.Floats == 0 ? SequenceStep.Append(sequence, step.Tokens, cancellation[i])
                : SequenceStep.Append(sequence, rows.AsMemory(from, step.Floats), cancellation[i]);
            from += step.Floats;
        }

        await Task.Yield(); // the next call must not wait for this one
        var outcomes = await GroupStep.RunAsync(_engine, steps).ConfigureAwait(false);
        var answers = new WorkerOutcome[steps.Length];
        var predictions = new List<float>();
        for (var i = 0; i < steps.Length; i++)
        {
            answers[i] = outcomes[i] switch
            {
                { Waits: true } => new(WorkerOutcomeKind.Waits),
                { Error: OperationCanceledException } => new(WorkerOutcomeKind.Cancelled),
                { Error: { } error } => new(WorkerOutcomeKind.Failed, Failure: FailedAnswer.Of(error)),
                var said when steps[i].Continuation is not null => new(WorkerOutcomeKind.Continued, said.Continuation),
                _ => new(WorkerOutcomeKind.Predicted),
            };
            if (answers[i].Kind == WorkerOutcomeKind.Predicted)
                predictions.AddRange([.. outcomes[i].Prediction.Hidden.Span, .. outcomes[i].Prediction.Logits.Span]);
        }

        return new(new ValueAnswer<WorkerOutcome[]>(answers), [.. predictions]);
    }

    /// <summary>Frees a sequence.</summary>
    internal void Close(long sequence)
    {
        if (_sequences.TryRemove(sequence, out var closed))
            _ = closed.DisposeAsync().AsTask(); // completes at once: it only posts a command to the engine
    }

    public async ValueTask DisposeAsync()
    {
        await _engine.DisposeAsync().ConfigureAwait(false);
        if (_latent is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
            (await _latent.Value.ConfigureAwait(false)).Dispose();
        _model.Dispose();
    }

    private ILatentSequence SequenceOf(long number) => _sequences.GetOrAdd(number, _ => _engine.Begin());

    private static WorkerFrame<WorkerAnswer> Answer<T>(T value) => new(new ValueAnswer<T>(value), []);

    private static LatentSizes SizesOf(LlamaLatentModel latent) => new(latent.EmbeddingLength, latent.VocabularySize, latent.ContextLength);

    private static MatrixNorms NormsOf(ITokenEmbeddings matrix) => new(matrix.MeanNorm, matrix.RootMeanSquareNorm);

    private static float[] RowsOf(ITokenEmbeddings matrix, RowsCall call)
    {
        var rows = new float[call.Count * matrix.Length];
        for (var i = 0; i < call.Count; i++)
            matrix.CopyRow(call.First + i, rows.AsSpan(i * matrix.Length, matrix.Length));
        return rows;
    }

    private async Task<WorkerFrame<WorkerAnswer>> AnswerAsync(
        ILatentSequence sequence, WorkerCall call, float[] rows, Action<PieceAnswer> tell, CancellationToken cancellationToken)
    {
        switch (call)
        {
            case AppendTokensCall append:
                return Predicted(await sequence.AppendAsync(append.Tokens, cancellationToken).ConfigureAwait(false));
            case AppendRowsCall:
                return Predicted(await sequence.AppendAsync(rows, cancellationToken).ConfigureAwait(false));
            case ContinueCall go:
                return Answer(await sequence.ContinueAsync(Told(go.Options, go.Streams, tell), cancellationToken)
                    .ConfigureAwait(false));
            case ForkCall fork:
                _sequences[fork.Fork] = sequence.Fork();
                return Answer(new Done());
            case RewindCall rewind:
                sequence.Rewind(rewind.Length);
                return Answer(new Done());
            default:
                throw new InvalidDataException($"A sequence does not take the call {call.GetType().Name}.");
        }
    }

    private static ContinuationOptions Told(ContinuationOptions options, bool streams, Action<PieceAnswer> tell, int member = 0) =>
        streams ? options with { TextObserver = new PieceTeller(tell, member) } : options;

    private static WorkerFrame<WorkerAnswer> Predicted(Prediction prediction) =>
        new(new ValueAnswer<Done>(new()), [.. prediction.Hidden.Span, .. prediction.Logits.Span]);

    private async Task<ITokenEmbeddings> MatrixAsync(bool ofOutput)
    {
        var latent = await _latent.Value.ConfigureAwait(false);
        return ofOutput ? latent.OutputEmbeddings : latent.Embeddings;
    }

    private async Task<ChatResult> GenerateAsync(ChatCall chat, Action<PieceAnswer> tell, CancellationToken cancellationToken)
    {
        var messages = WorkerJson.Read(chat.Messages);
        if (!chat.Streams)
            return await ChatTurn.AnswerAsync(_engine, messages, chat.Prompt, chat.Options, cancellationToken).ConfigureAwait(false);
        try
        {
            ChatResult? result = null;
            await foreach (var piece in ChatTurn.StreamAsync(_engine, messages, chat.Prompt, chat.Options, cancellationToken)
                .ConfigureAwait(false))
            {
                result = piece.Result;
                if (result is null)
                    tell(new(piece.Text, piece.IsThought));
            }

            return result!;
        }
        catch (ContextFullException)
        {
            return new(Generation.ContextTooSmall);
        }
    }

    private sealed class PieceTeller(Action<PieceAnswer> tell, int member) : IProgress<ContinuationPiece>
    {
        public void Report(ContinuationPiece value) => tell(new(value.Text, value.IsThought, member));
    }
}
