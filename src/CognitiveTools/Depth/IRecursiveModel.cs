namespace CognitiveTools.Depth;

/// <summary>
/// A model that completes puzzles by changing states of its own, step by step: "Generative Recursive Reasoning" (arXiv 2605.19376). It has
/// no tokens, no prompt format and no text between, so it is not an <see cref="Latents.ILatentModel"/>; what it shares with those is that
/// several trajectories about one question step together. Thread-safe.
/// </summary>
internal interface IRecursiveModel
{
    /// <summary>Steps of a trajectory in training.</summary>
    int Steps { get; }

    /// <summary>Cells of a puzzle: the positions of one reading.</summary>
    int Cells { get; }

    /// <summary>Rows that a step of one trajectory sends through a stack of layers.</summary>
    int RowsPerStep { get; }

    /// <summary>Whether trajectories with different seeds differ.</summary>
    bool Varies { get; }

    /// <summary>Begins trajectories about one question.</summary>
    /// <param name="question">The puzzle as text.</param>
    /// <param name="seeds">One for each trajectory; equal seeds give equal trajectories, whatever stands beside them.</param>
    /// <exception cref="FormatException">The text is not a puzzle that the model reads; the message says what one looks like.</exception>
    IRecursiveTrajectories Begin(string question, IReadOnlyList<int> seeds);
}
