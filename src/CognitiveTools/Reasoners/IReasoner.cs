namespace CognitiveTools.Reasoners;

/// <summary>
/// A reasoning method: spends a budget of positions on a model and returns
/// an answer with its trace. Implementations are immutable and thread-safe.
/// </summary>
public interface IReasoner
{
    /// <summary>Solves one question.</summary>
    /// <param name="question">The question.</param>
    /// <param name="options">Budget, seed and observer.</param>
    /// <param name="cancellationToken">The caller's cancellation; a spent budget is never reported as cancellation.</param>
    /// <returns>The reasoning. Expected failures (limits, a full context, a model error) are values in it.</returns>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    Task<Reasoning> SolveAsync(Question question, SolveOptions options, CancellationToken cancellationToken = default);
}
