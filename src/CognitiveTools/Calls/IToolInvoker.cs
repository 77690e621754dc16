namespace CognitiveTools.Calls;

/// <summary>
/// Calls tools: directly (<see cref="IsolatedCall"/>) or through a host such as a kernel. Thread-safe.
/// </summary>
public interface IToolInvoker
{
    /// <summary>Calls a tool.</summary>
    /// <param name="call">The call.</param>
    /// <param name="cancellationToken">The caller's cancellation. When the call's own time limit ends it, the result says so.</param>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    Task<CallResult> InvokeAsync(ToolCall call, CancellationToken cancellationToken = default);
}
