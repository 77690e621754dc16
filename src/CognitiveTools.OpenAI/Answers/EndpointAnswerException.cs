namespace CognitiveTools.OpenAI.Answers;

/// <summary>A server said "success" and then sent no answer: an error of its own, or something that is no chat completion.</summary>
/// <param name="message">What it said or sent.</param>
/// <param name="isError">Whether it said so itself.</param>
/// <param name="status">The status that the error names, where it names one.</param>
/// <param name="cause">What failed while it was read.</param>
internal sealed class EndpointAnswerException(string message, bool isError, int? status = null, Exception? cause = null)
    : Exception(message, cause)
{
    /// <summary>Whether the server reported an error; else what it sent cannot be read.</summary>
    public bool IsError => isError;

    /// <summary>The HTTP status that the error itself names; <see langword="null"/> when it names none.</summary>
    public int? Status => status;
}
