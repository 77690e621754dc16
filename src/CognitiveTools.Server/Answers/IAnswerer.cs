using CognitiveTools.Server.Requests;

namespace CognitiveTools.Server.Answers;

/// <summary>A model of the server.</summary>
internal interface IAnswerer
{
    /// <summary>Answers a request. All refusals come before the first piece.</summary>
    IAsyncEnumerable<AnswerPart> AnswerAsync(CompletionRequest request, CancellationToken cancellationToken);
}
