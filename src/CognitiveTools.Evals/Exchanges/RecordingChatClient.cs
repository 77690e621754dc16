using System.Runtime.CompilerServices;
using CognitiveTools.Text;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Evals.Exchanges;

/// <summary>
/// Records the requests of a unit and their responses, whole or as a stream, so that the unit can be replayed without
/// the model. A response that fails or is abandoned is recorded with the text so far. Does nothing outside of a run.
/// </summary>
internal sealed class RecordingChatClient(IChatClient inner) : DelegatingChatClient(inner)
{
    private const string GivenUp = "the caller abandoned the response";

    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        if (ExchangeScope.Current is not { } scope)
            return await base.GetResponseAsync(messages, options, cancellationToken);
        ChatMessage[] asked = [.. messages];
        var request = RequestHash.Of(asked, options);
        try
        {
            var response = await base.GetResponseAsync(asked, options, cancellationToken);
            scope.Add(asked, Exchange.Of(request, response));
            return response;
        }
        catch (Exception failure)
        {
            scope.Add(asked, new Exchange(request, "") { Error = FailureWords.Of(failure) });
            throw;
        }
    }

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ChatMessage[] asked = [.. messages];
        var given = new List<ChatResponseUpdate>();
        var error = (string?)GivenUp;
        try
        {
            await using var updates =
                base.GetStreamingResponseAsync(asked, options, cancellationToken).GetAsyncEnumerator(cancellationToken);
            while (true)
            {
                try
                {
                    if (!await updates.MoveNextAsync())
                    {
                        error = null;
                        break;
                    }
                }
                catch (Exception failure)
                {
                    error = FailureWords.Of(failure);
                    throw;
                }

                given.Add(updates.Current);
                yield return updates.Current;
            }
        }
        finally
        {
            ExchangeScope.Current?.Add(asked, Exchange.Of(RequestHash.Of(asked, options), given.ToChatResponse()) with { Error = error });
        }
    }
}
