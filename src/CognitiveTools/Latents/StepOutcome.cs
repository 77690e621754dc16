using System.Runtime.ExceptionServices;

namespace CognitiveTools.Latents;

/// <summary>What became of one member of a group (<see cref="ILatentModel.StepAsync"/>): a prediction, a continuation, an error, or nothing
/// yet.</summary>
public sealed class StepOutcome
{
    private readonly Prediction _prediction;
    private readonly Continuation? _continuation;

    private StepOutcome() => Waits = true;

    /// <summary>The outcome of an append.</summary>
    public StepOutcome(Prediction prediction) => _prediction = prediction;

    /// <summary>The outcome of going on verbally.</summary>
    public StepOutcome(Continuation continuation) => _continuation = continuation;

    /// <summary>The outcome of a member that failed or was cancelled; its sequence is as it was before the step.</summary>
    public StepOutcome(Exception error) => Error = error;

    /// <summary>The outcome of a member that was not begun.</summary>
    public static StepOutcome NotBegun { get; } = new();

    /// <summary>
    /// Whether the member was not begun, because the model had no place for its sequence while it had one for another member.
    /// The sequence is as it was. Step it again, after disposing of sequences that are done.
    /// </summary>
    public bool Waits { get; }

    /// <summary>Why the member failed: what the same call to the sequence alone would have thrown.</summary>
    /// <value><see langword="null"/> when it did not fail.</value>
    public Exception? Error { get; }

    /// <summary>The prediction after the rows appended.</summary>
    /// <exception cref="InvalidOperationException">The member waits, or its step was no append.</exception>
    /// <remarks>Throws <see cref="Error"/> when the member failed.</remarks>
    public Prediction Prediction => _continuation is null && Succeeded() ? _prediction : throw Other("append");

    /// <summary>The verbal continuation.</summary>
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
