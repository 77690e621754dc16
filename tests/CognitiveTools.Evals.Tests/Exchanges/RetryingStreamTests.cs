using System.Net;
using System.Runtime.CompilerServices;
using CognitiveTools.Evals.Exchanges;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Time.Testing;

namespace CognitiveTools.Evals.Tests.Exchanges;

public sealed class RetryingStreamTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_stream_that_fails_before_its_first_piece_is_begun_again_after_the_time_the_server_names()
    {
        var time = new FakeTimeProvider { AutoAdvanceAmount = TimeSpan.Zero };
        var client = new FailingStream(failures: 1, piecesBefore: 0, after: TimeSpan.FromSeconds(7));
        var reading = ReadAsync(new RetryingChatClient(client, time));
        time.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(1, client.Requests);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("one two ", await reading);
        Assert.Equal(2, client.Requests);
    }

    [Fact]
    public async Task A_stream_that_fails_behind_its_first_piece_is_not_begun_again()
    {
        var client = new FailingStream(failures: 1, piecesBefore: 1, after: null);
        await Assert.ThrowsAsync<HttpRequestException>(() => ReadAsync(new RetryingChatClient(client, new FakeTimeProvider())));
        Assert.Equal(1, client.Requests);
    }

    [Fact]
    public async Task A_server_that_wants_hours_is_not_waited_for()
    {
        var client = new FailingStream(failures: 1, piecesBefore: 0, after: TimeSpan.FromHours(2));
        await Assert.ThrowsAsync<HttpRequestException>(() => ReadAsync(new RetryingChatClient(client, new FakeTimeProvider())));
        Assert.Equal(1, client.Requests);
    }

    private static async Task<string> ReadAsync(IChatClient client) =>
        (await client.GetStreamingResponseAsync("x", cancellationToken: Token).ToChatResponseAsync(Token)).Text;

    private sealed class FailingStream(int failures, int piecesBefore, TimeSpan? after) : IChatClient
    {
        public int Requests { get; private set; }

        public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages,
            ChatOptions? options = null,
            [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await Task.CompletedTask;
            var fails = Requests++ < failures;
            foreach (var (index, word) in new[] { "one ", "two " }.Index())
            {
                if (fails && index == piecesBefore)
                    throw Fault();
                yield return new ChatResponseUpdate(ChatRole.Assistant, word);
            }
        }

        public Task<ChatResponse> GetResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
            // Holds nothing.
        }

        private HttpRequestException Fault()
        {
            var fault = new HttpRequestException("busy", null, HttpStatusCode.TooManyRequests);
            if (after is not null)
                fault.Data["Retry-After"] = after;
            return fault;
        }
    }
}
