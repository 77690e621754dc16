namespace CognitiveTools.Depth;

/// <summary>Trajectories of an <see cref="IRecursiveModel"/> about one question. Used by one flow.</summary>
internal interface IRecursiveTrajectories
{
    /// <summary>Makes one step of all trajectories, as one group.</summary>
    ValueTask StepAsync(CancellationToken cancellationToken = default);

    /// <summary>What each trajectory answers after the steps made.</summary>
    /// <exception cref="InvalidOperationException">No step was made.</exception>
    IReadOnlyList<RecursiveAnswer> Read();
}

/// <summary>What a trajectory answers.</summary>
/// <param name="Text">The completed puzzle.</param>
/// <param name="Value">What the model's value head thinks of it: the probability, from 0 to 1, that it is right.</param>
internal readonly record struct RecursiveAnswer(string Text, double Value);
