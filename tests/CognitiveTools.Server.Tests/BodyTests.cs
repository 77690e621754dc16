using System.Net.Sockets;
using System.Text;
using CognitiveTools.Server.Hosting;
using CognitiveTools.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace CognitiveTools.Server.Tests;

/// <summary>Bodies that come slowly, or do not come: they hold a connection and nothing more.</summary>
public sealed class BodyTests
{
    private const string Whole = """{"model":"plain","messages":[{"role":"user","content":"x"}]}""";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Bodies_that_have_not_come_take_no_place_among_the_answers()
    {
        await using var server = await ServerUnderTest.StartAsync(new ScriptedChatClient(_ => "yes"),
            options => options with { Parallel = 1, Waiting = 0 });
        var slow = await Task.WhenAll(Enumerable.Range(0, 24).Select(_ => SendAsync(server, "{\"model\":", Whole.Length)));

        for (var i = 0; i < 3; i++)
            Assert.Equal(200, (await server.PostAsync(Whole)).Status);
        foreach (var client in slow)
            client.Dispose();
    }

    [Fact]
    public async Task A_body_that_comes_in_pieces_is_answered()
    {
        await using var server = await ServerUnderTest.StartAsync("yes");
        using var client = await SendAsync(server, Whole[..9], Whole.Length);

        await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(Whole[9..]), Token);

        Assert.StartsWith("HTTP/1.1 200", await AnswerAsync(client), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_is_not_there_in_time_is_given_up()
    {
        var time = new FakeTimeProvider();
        var model = new ScriptedChatClient(_ => "yes");
        await using var server = await ServerUnderTest.StartAsync(
            services => services.AddKeyedSingleton("verbal", (Microsoft.Extensions.AI.IChatClient)model).AddSingleton<TimeProvider>(time));
        using var client = await SendAsync(server, Whole[..9], Whole.Length);
        var answer = AnswerAsync(client);

        while (!answer.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(40)); // again, should the request not have been read yet
            await Task.WhenAny(answer, Task.Delay(20, Token));
        }

        Assert.StartsWith("HTTP/1.1 408", await answer, StringComparison.Ordinal);
        Assert.Contains("request_timeout", await answer, StringComparison.Ordinal);
        Assert.Empty(model.Requests);
    }

    [Fact]
    public async Task A_client_that_leaves_in_the_middle_of_its_body_leaves_nothing_behind()
    {
        await using var server = await ServerUnderTest.StartAsync(new ScriptedChatClient(_ => "yes"),
            options => options with { Parallel = 1, Waiting = 0, MaxBodyBytes = Whole.Length });

        // The bytes that are held at once are bounded: 100 bodies of the longest kind, one after the other, would not fit.
        for (var i = 0; i < 100; i++)
            (await SendAsync(server, Whole[..^1], Whole.Length)).Dispose();

        Assert.Equal(200, (await server.PostAsync(Whole)).Status);
    }

    private static async Task<TcpClient> SendAsync(ServerUnderTest server, string begun, int length)
    {
        var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", new Uri(server.Endpoint).Port, Token);
        var head =
            $"POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: "
            + $"{length}\r\n\r\n{begun}";
        await client.GetStream().WriteAsync(Encoding.UTF8.GetBytes(head), Token);
        return client;
    }

    private static async Task<string> AnswerAsync(TcpClient client)
    {
        var text = "";
        var buffer = new byte[4096];
        while (!text.EndsWith("0\r\n\r\n", StringComparison.Ordinal)
            && await client.GetStream().ReadAsync(buffer, Token).AsTask().WaitAsync(Patience, Token) is > 0 and var read)
            text += Encoding.UTF8.GetString(buffer, 0, read);
        return text;
    }
}
