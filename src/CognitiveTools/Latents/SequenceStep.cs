namespace CognitiveTools.Latents;

/// <summary>What one sequence does in a step of a group (<see cref="ILatentModel.StepAsync"/>): append rows, or go on verbally.</summary>
public sealed class SequenceStep
{
    private SequenceStep(ILatentSequence sequence, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(sequence);
        (Sequence, Cancellation) = (sequence, cancellation);
    }

    /// <summary>The sequence; a group has it once.</summary>
    public ILatentSequence Sequence { get; }

    /// <summary>Cancels this member alone, between decodes.</summary>
    public CancellationToken Cancellation { get; }

    /// <summary>Tokens to append; empty when the step is another.</summary>
    public ReadOnlyMemory<int> Tokens { get; private init; }

    /// <summary>Rows to append, each of <see cref="ILatentModel.EmbeddingLength"/> floats; empty when the step is another.</summary>
    public ReadOnlyMemory<float> Embeddings { get; private init; }

    /// <summary>How to go on verbally; <see langword="null"/> when the step appends.</summary>
    public ContinuationOptions? Continuation { get; private init; }

    /// <summary>A step like <see cref="ILatentSequence.AppendAsync(ReadOnlyMemory{int}, CancellationToken)"/>.</summary>
    public static SequenceStep Append(ILatentSequence sequence, ReadOnlyMemory<int> tokens, CancellationToken cancellation = default) =>
        new(sequence, cancellation) { Tokens = tokens };

    /// <summary>A step like <see cref="ILatentSequence.AppendAsync(ReadOnlyMemory{float}, CancellationToken)"/>.</summary>
    public static SequenceStep Append(ILatentSequence sequence, ReadOnlyMemory<float> embeddings,
        CancellationToken cancellation = default) =>
        new(sequence, cancellation) { Embeddings = embeddings };

    /// <summary>A step like <see cref="ILatentSequence.ContinueAsync"/>.</summary>
    public static SequenceStep Continue(ILatentSequence sequence, ContinuationOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new(sequence, cancellation) { Continuation = options };
    }

    /// <summary>Does the step by itself, through the sequence's own methods. What they throw is the outcome's error.</summary>
    public async ValueTask<StepOutcome> RunAsync()
    {
        try
        {
            return Continuation is { } options ? new(await Sequence.ContinueAsync(options, Cancellation).ConfigureAwait(false))
                : Embeddings.IsEmpty ? new(await Sequence.AppendAsync(Tokens, Cancellation).ConfigureAwait(false))
                : new(await Sequence.AppendAsync(Embeddings, Cancellation).ConfigureAwait(false));
        }
#pragma warning disable CA1031 // a member's failure is its own: the others go on
        catch (Exception error)
        {
            return new(error);
        }
#pragma warning restore CA1031
    }

    /// <summary>
    /// Does the steps of a group one after the other: the group step of a model that cannot put sequences into one decode.
    /// </summary>
    /// <returns>One outcome per member, in their order; none <see cref="StepOutcome.Waits"/>.</returns>
    /// <exception cref="ArgumentException">The group is empty, or has a sequence twice.</exception>
    public static async ValueTask<IReadOnlyList<StepOutcome>> RunInTurnAsync(IReadOnlyList<SequenceStep> group)
    {
        RequireGroup(group);
        var outcomes = new StepOutcome[group.Count];
        for (var i = 0; i < outcomes.Length; i++)
            outcomes[i] = await group[i].RunAsync().ConfigureAwait(false);
        return outcomes;
    }

    /// <summary>The refusal of a sequence that the model did not make.</summary>
    public static ArgumentException OfAnotherModel(string parameter) =>
        new("A sequence of the group is not of this model. Step sequences of one model together.", parameter);

    /// <summary>Refuses what is no group, for implementations of <see cref="ILatentModel.StepAsync"/>.</summary>
    /// <exception cref="ArgumentException">The group is empty, or has a sequence twice.</exception>
    public static void RequireGroup(IReadOnlyList<SequenceStep> group)
    {
        ArgumentNullException.ThrowIfNull(group);
        if (group.Count == 0)
            throw new ArgumentException("The group has no member. Give at least one step.", nameof(group));
        if (group.DistinctBy(static step => step.Sequence).Count() < group.Count)
            throw new ArgumentException("The group has a sequence twice. Give one step per sequence, or fork the sequence.", nameof(group));
    }
}
