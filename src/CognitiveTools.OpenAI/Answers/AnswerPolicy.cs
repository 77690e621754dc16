using System.ClientModel.Primitives;
using System.Text;

namespace CognitiveTools.OpenAI.Answers;

/// <summary>
/// Rewrites a server's answer into the form that OpenAI's client expects
/// (<see cref="CompletionReader"/>, <see cref="StreamedChunks"/>). A server may answer a request for a
/// stream with a whole completion. Answers with an error status pass unchanged, with their body read.
/// </summary>
internal sealed class AnswerPolicy : PipelinePolicy
{
    /// <summary>
    /// The maximum number of bytes of one answer. A completion of 100,000 tokens has well under 1 MiB; as a stream, about 40 MiB.
    /// </summary>
    private const long Most = 256 * 1024 * 1024;

    public override void Process(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex) =>
        ProcessAsync(message, pipeline, currentIndex).AsTask().GetAwaiter().GetResult();

    public override async ValueTask ProcessAsync(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex)
    {
        var streams = !message.BufferResponse;
        message.BufferResponse = false; // read here, within a limit
        await ProcessNextAsync(message, pipeline, currentIndex).ConfigureAwait(false);
        if (message.Response is not { ContentStream: { } content } response)
            return;
        var (body, cancellation) = (new AnswerBody(content, Most), message.CancellationToken);
        if (response.Status is < 200 or >= 300)
            await ReplaceAsync(response, await body.ReadToEndAsync(cancellation).ConfigureAwait(false)).ConfigureAwait(false);
        else if (streams)
            response.ContentStream = new EventStream(StreamedChunks.ReadAsync(body, cancellation).GetAsyncEnumerator(cancellation), body);
        else
            await ReplaceAsync(response, WholeOf(await body.ReadToEndAsync(cancellation).ConfigureAwait(false))).ConfigureAwait(false);
    }

    private static string WholeOf(string body) => CompletionReader.Read(body, root => CompletionReader.Whole(root).ToJsonString());

    private static async Task ReplaceAsync(PipelineResponse response, string body)
    {
        response.ContentStream = new MemoryStream(Encoding.UTF8.GetBytes(body));
        await response.BufferContentAsync().ConfigureAwait(false);
    }
}
