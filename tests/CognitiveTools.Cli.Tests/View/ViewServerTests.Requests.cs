using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using CognitiveTools.Cli.View;

namespace CognitiveTools.Cli.Tests.View;

/// <summary>How the tests ask a live view.</summary>
public sealed partial class ViewServerTests
{
    private const string Data = "data: ";

    private async Task<ViewServer> ServeAsync()
    {
        await _runs.BeginAsync("run", kept: 4);
        return await _runs.ServeAsync();
    }

    private static string TokenOf(ViewServer server) => server.Address.Split('=')[1];

    private static Uri At(ViewServer server, string path) => new(server.Address.Split("/?")[0] + path);

    private async Task<HttpResponseMessage> SendAsync(ViewServer server, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, At(server, path));
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
    }

    private async Task<string> TextAsync(ViewServer server, string path)
    {
        var join = path.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        using var answer = await SendAsync(server, $"{path}{join}token={TokenOf(server)}");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(Token);
    }

    private async Task<StreamReader> OpenEventsAsync(ViewServer server, string path)
    {
        var answer = await SendAsync(server, $"{path}?token={TokenOf(server)}");
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType!.MediaType);
        return new StreamReader(await answer.Content.ReadAsStreamAsync(Token), Encoding.UTF8);
    }

    // The first event that meets a condition; the end of the stream is an error.
    private static async Task<JsonElement> NextAsync(StreamReader events, Func<JsonElement, bool> isMeant)
    {
        while (await events.ReadLineAsync(Token) is { } line)
        {
            if (line.StartsWith(Data, StringComparison.Ordinal) && JsonElement.Parse(line[Data.Length..]) is var value && isMeant(value))
                return value;
        }

        throw new EndOfStreamException("The server ended the events.");
    }

    private static async Task<string> RawAsync(ViewServer server, string request)
    {
        using var connection = new TcpClient();
        await connection.ConnectAsync(IPAddress.Loopback, At(server, "/").Port, Token);
        await using var stream = connection.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request + "\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"), Token);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return await reader.ReadToEndAsync(Token);
    }
}
