using System.Text.Json.Serialization;
using CognitiveTools.Chat;
using CognitiveTools.Latents;
using CognitiveTools.Llama.Chat;
using CognitiveTools.Llama.Facts;

namespace CognitiveTools.Llama.Workers;

/// <summary>One frame from the worker.</summary>
/// <param name="Id">Number of the call.</param>
/// <param name="Answer">The answer or a part of it.</param>
internal sealed record WorkerReply(long Id, WorkerAnswer Answer);

/// <summary>Pieces, if the call asked for them, and then one answer of another kind.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "answer")]
[JsonDerivedType(typeof(PieceAnswer), "piece")]
[JsonDerivedType(typeof(CancelledAnswer), "cancelled")]
[JsonDerivedType(typeof(FailedAnswer), "failed")]
[JsonDerivedType(typeof(ValueAnswer<Done>), "done")]
[JsonDerivedType(typeof(ValueAnswer<EngineFacts>), "facts")]
[JsonDerivedType(typeof(ValueAnswer<ChatResult>), "chat")]
[JsonDerivedType(typeof(ValueAnswer<Continuation>), "continuation")]
[JsonDerivedType(typeof(ValueAnswer<WorkerOutcome[]>), "outcomes")]
[JsonDerivedType(typeof(ValueAnswer<LatentSizes>), "sizes")]
[JsonDerivedType(typeof(ValueAnswer<MatrixNorms>), "norms")]
[JsonDerivedType(typeof(ValueAnswer<int[]>), "tokens")]
[JsonDerivedType(typeof(ValueAnswer<int?>), "token")]
[JsonDerivedType(typeof(ValueAnswer<string>), "text")]
[JsonDerivedType(typeof(ValueAnswer<bool>), "flag")]
[JsonDerivedType(typeof(ValueAnswer<SeparatedText>), "separated")]
internal abstract record WorkerAnswer;

/// <summary>More text.</summary>
/// <param name="Text">The text.</param>
/// <param name="IsThought">Whether it is a part of a thought.</param>
/// <param name="Member">Of a <see cref="StepCall"/>, which member says it.</param>
internal sealed record PieceAnswer(string Text, bool IsThought = false, int Member = 0) : WorkerAnswer;

/// <summary>The call was cancelled, and nothing has changed.</summary>
/// <param name="Work">What it had done; <see langword="null"/> for nothing.</param>
internal sealed record CancelledAnswer(PartialWork? Work) : WorkerAnswer
{
    internal OperationCanceledException ToException(CancellationToken cancellationToken)
    {
        var cancelled = new OperationCanceledException(cancellationToken);
        return Work?.On(cancelled) ?? cancelled;
    }
}

/// <summary>The value that the call asked for.</summary>
internal sealed record ValueAnswer<T>(T Value) : WorkerAnswer;

/// <summary>The call is done; it has no value.</summary>
internal sealed record Done;

/// <summary>What a latent model states about itself.</summary>
internal sealed record LatentSizes(int EmbeddingLength, int VocabularySize, int ContextLength);

/// <summary>See <see cref="ITokenEmbeddings"/>.</summary>
internal sealed record MatrixNorms(float Mean, float RootMeanSquare);

/// <summary>See <see cref="InvalidPredictionException"/>.</summary>
internal sealed record BadPrediction(string Model, int Position, string Problem);

/// <summary>
/// See <see cref="StepOutcome"/>. The answer's frame carries the predictions, hidden state and logits of each, in the members' order.
/// </summary>
/// <param name="Kind">Which of the outcomes it is.</param>
/// <param name="Continuation">The continuation.</param>
/// <param name="Failure">The error.</param>
internal sealed record WorkerOutcome(WorkerOutcomeKind Kind, Continuation? Continuation = null, FailedAnswer? Failure = null);

/// <summary>Kinds of a <see cref="WorkerOutcome"/>.</summary>
internal enum WorkerOutcomeKind
{
    Waits,
    Predicted,
    Continued,
    Cancelled,
    Failed,
}

/// <summary>An exception on its way to the caller.</summary>
/// <param name="Kind">Its type, of those that callers tell apart.</param>
/// <param name="Message">Its message.</param>
/// <param name="Needed">See <see cref="ContextFullException"/>.</param>
/// <param name="Available">See <see cref="ContextFullException"/>.</param>
/// <param name="Prediction">See <see cref="InvalidPredictionException"/>.</param>
internal sealed record FailedAnswer(
    string Kind, string Message, int Needed = 0, int Available = 0, BadPrediction? Prediction = null) : WorkerAnswer
{
    /// <summary>What the call had done; <see langword="null"/> for nothing.</summary>
    public PartialWork? Work { get; init; }

    internal static FailedAnswer Of(Exception error) => Plain(error) with { Work = PartialWork.Of(error) };

    internal Exception ToException() => Work is { } work ? work.On(Plain()) : Plain();

    private static FailedAnswer Plain(Exception error) => error switch
    {
        ContextFullException full => new(nameof(ContextFullException), full.Message, full.Needed, full.Available),
        InvalidPredictionException bad => new(
            nameof(InvalidPredictionException), bad.Message, Prediction: new(bad.Model, bad.Position, bad.Problem)),
        ArgumentOutOfRangeException => new(nameof(ArgumentOutOfRangeException), error.Message),
        ArgumentException => new(nameof(ArgumentException), error.Message),
        NotSupportedException => new(nameof(NotSupportedException), error.Message),
        FileNotFoundException => new(nameof(FileNotFoundException), error.Message),
        InvalidDataException => new(nameof(InvalidDataException), error.Message),
        _ => new(nameof(InvalidOperationException), error.Message),
    };

    private Exception Plain() => Kind switch
    {
        nameof(ContextFullException) => new ContextFullException(Needed, Available),
        nameof(InvalidPredictionException) when Prediction is { } bad =>
            new InvalidPredictionException(bad.Model, bad.Position, bad.Problem),
        nameof(ArgumentOutOfRangeException) => new ArgumentOutOfRangeException(paramName: null, Message),
        nameof(ArgumentException) => new ArgumentException(Message),
        nameof(NotSupportedException) => new NotSupportedException(Message),
        nameof(FileNotFoundException) => new FileNotFoundException(Message),
        nameof(InvalidDataException) => new InvalidDataException(Message),
        _ => new InvalidOperationException(Message),
    };
}
