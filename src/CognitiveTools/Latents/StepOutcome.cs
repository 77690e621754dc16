using System.Runtime.ExceptionServices;

namespace CognitiveTools.Latents;

/// <summary>
/// The outcome of one member of a group (<see cref="ILatentModel.StepAsync"/>): a prediction, a continuation, an error, or none yet.
/// </summary>
public sealed class StepOutcome
{
    private readonly Prediction _prediction;
    private readonly Continuation? _continuation;

    private StepOutcome() => Waits = true;

    /// <summary>The outcome of an append.</summary>
    public StepOutcome(Prediction prediction) => _prediction = prediction;

    /// <summary>The outcome of a continuation.</summary>
    public StepOutcome(Continuation continuation) => _continuation = continuation;

    /// <summary>The outcome of a member that failed or was cancelled; its sequence is unchanged.</summary>
    public StepOutcome(Exception error) => Error = error;

    /// <summary>The outcome of a member that was not begun.</summary>
    public static StepOutcome NotBegun { get; } = new();

    /// <summary>
    /// Whether the member was not begun, because the free lanes went to other members.
    /// Its sequence is unchanged. Step it again after disposing finished sequences.
    /// </summary>
    public bool Waits { get; }

    /// <summary>Why the member failed: the exception of the same call to the sequence alone.</summary>
    /// <value><see langword="null"/> when it did not fail.</value>
    public Exception? Error { get; }

    /// <summary>The prediction after the rows appended.</summary>
    /// <exception cref="InvalidOperationException">The member waits, or its step was not an append.</exception>
    /// <remarks>Throws <see cref="Error"/> when the member failed.</remarks>
    public Prediction Prediction => _continuation is null && Succeeded() ? _prediction : throw Other("append");

    /// <summary>The generated text.</summary>
    /// <exception cref="InvalidOperationException">The member waits, or its step was an append.</exception>
    /// <remarks>Throws <see cref="Error"/> when the member failed.</remarks>
    public Continuation Continuation => Succeeded() && _continuation is not null ? _continuation : throw Other("continuation");

    private bool Succeeded()
    {
        if (Error is not null)
            ExceptionDispatchInfo.Throw(Error);
        return !Waits;
    }

    private InvalidOperationException Other(string asked) => new(Waits
        ? $"The member was not begun: the model has no place for its sequence yet. Look at {nameof(Waits)} first, and step it again."
        : $"The step was no {asked}.");
}
