namespace CognitiveTools.OpenAI.Answers;

/// <summary>
/// A server returned a success status without an answer: with an error in the body, or a body that is not a chat completion.
/// </summary>
/// <param name="message">The error or the body.</param>
/// <param name="isError">Whether the server reported an error.</param>
/// <param name="status">The HTTP status in the error; may be <see langword="null"/>.</param>
/// <param name="cause">The exception while reading.</param>
internal sealed class EndpointAnswerException(string message, bool isError, int? status = null, Exception? cause = null)
    : Exception(message, cause)
{
    /// <summary>Whether the server reported an error; otherwise its answer is unreadable.</summary>
    public bool IsError => isError;

    /// <summary>The HTTP status in the error; may be <see langword="null"/>.</summary>
    public int? Status => status;
}
