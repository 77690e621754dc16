namespace CognitiveTools.Calls;

/// <summary>
/// How a loop reaches its tools: directly (<see cref="IsolatedCall"/>) or through a host such as a kernel. Thread-safe.
/// </summary>
public interface IToolInvoker
{
    /// <summary>Calls a tool.</summary>
    /// <param name="request">The call.</param>
    /// <param name="cancellationToken">The caller's cancellation; the request's own time limit is a value, not a cancellation.</param>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    Task<CallResult> InvokeAsync(ToolRequest request, CancellationToken cancellationToken = default);
}
