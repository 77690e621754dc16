using CognitiveTools.Chat;
using CognitiveTools.OpenAI.Answers;
using Microsoft.Extensions.AI;
using OpenAI.Responses;

#pragma warning disable OPENAI001 // the only way to read how an answer ended

namespace CognitiveTools.OpenAI.Endpoints;

/// <summary>
/// What Microsoft.Extensions.AI leaves out of answers of the Responses API: failures, and the cuts and calls of streamed answers.
/// </summary>
internal static class ResponsesOutcome
{
    /// <summary>Adds finish reason and usage to the last update of an answer that was cut, and to an unreadable call its item.</summary>
    /// <exception cref="EndpointAnswerException">The server reported a failure.</exception>
    public static void Complete(ChatResponseUpdate update)
    {
        switch (update.RawRepresentation)
        {
            case StreamingResponseOutputItemDoneUpdate { Item: FunctionCallResponseItem item }:
                // Microsoft.Extensions.AI sends the item back, with the arguments as they were written.
                foreach (var call in update.Contents.OfType<FunctionCallContent>().Where(static call => call.Exception is not null))
                    call.RawRepresentation ??= item;
                break;
            case StreamingResponseErrorUpdate error:
                throw new EndpointAnswerException(error.Message ?? "an error without words", isError: true);
            case StreamingResponseFailedUpdate { Response: var failed }:
                throw Failure(failed);
            case StreamingResponseIncompleteUpdate { Response: { } cut }:
                update.FinishReason = FinishReasons.Read(cut.IncompleteStatusDetails?.Reason?.ToString()) ?? ChatFinishReason.Length;
                if (cut.Usage is { } usage && !update.Contents.OfType<UsageContent>().Any())
                    update.Contents.Add(new UsageContent(UsageOf(usage)));
                break;
        }
    }

    /// <summary>Checks a whole answer.</summary>
    /// <exception cref="EndpointAnswerException">The server reported a failure.</exception>
    public static void RefuseFailure(ChatResponse response)
    {
        if (response.RawRepresentation is ResponseResult { Status: ResponseStatus.Failed } failed)
            throw Failure(failed);
    }

    private static EndpointAnswerException Failure(ResponseResult? failed) =>
        new(failed?.Error?.Message ?? "the answer failed without words", isError: true);

    private static UsageDetails UsageOf(ResponseTokenUsage usage) => new()
    {
        InputTokenCount = usage.InputTokenCount,
        OutputTokenCount = usage.OutputTokenCount,
        TotalTokenCount = usage.TotalTokenCount,
        CachedInputTokenCount = usage.InputTokenDetails?.CachedTokenCount,
        ReasoningTokenCount = usage.OutputTokenDetails?.ReasoningTokenCount,
    };
}
