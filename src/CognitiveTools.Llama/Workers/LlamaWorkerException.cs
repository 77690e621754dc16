namespace CognitiveTools.Llama.Workers;

/// <summary>The process that ran the engine ended or could not be started. The next request starts another one.</summary>
public sealed class LlamaWorkerException : InvalidOperationException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What happened, and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public LlamaWorkerException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
