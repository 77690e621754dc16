namespace CognitiveTools.Calls;

/// <summary>
/// How a loop reaches its tools: directly (<see cref="IsolatedCall"/>) or through a host such as a kernel. Thread-safe.
/// </summary>
public interface IToolInvoker
{
    /// <summary>Calls a tool.</summary>
    /// <param name="call">The call.</param>
    /// <param name="cancellationToken">The caller's cancellation; the call's own time limit is a value, not a cancellation.</param>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    Task<CallResult> InvokeAsync(ToolCall call, CancellationToken cancellationToken = default);
}
