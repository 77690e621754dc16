using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;

namespace CognitiveTools.Server.Tests;

/// <summary>Requests that could stall a server, together with normal ones; afterwards all places are free again.</summary>
public sealed class ServerLoadTests : IAsyncLifetime
{
    private const int Places = 4;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private ServerUnderTest _server = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await ServerUnderTest.StartAsync(
        services =>
        {
            services.AddLlama(llama => llama.Path = Path.Combine(AppContext.BaseDirectory, "mini.gguf"), engine => engine.Threads = 1);
            services.AddCognitiveTools(tools => tools.Profile = "mini");
        },
        options => options with { Parallel = Places });

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    public static TheoryData<string, string> Attacks { get; } = new()
    {
        { "equal alternatives", Format(Levels("""{"anyOf":[{"$ref":"NEXT"},{"$ref":"NEXT"}]}""")) },
        { "unequal alternatives", Format(
            Levels("""{"anyOf":[{"type":"array","items":{"$ref":"NEXT"},"maxItems":5},{"type":"array","items":{"$ref":"NEXT"}}]}""")) },
        { "alternatives within an object",
            Format("""{"type":"object","properties":{"a":SCHEMA},"required":["a"]}""".Replace("SCHEMA",
            Levels("""{"anyOf":[{"$ref":"NEXT"},{"type":"object","properties":{"b":{"$ref":"NEXT"}}}]}""", "#/properties/a"),
            StringComparison.Ordinal)) },
        { "many values",
            Format($$"""{"enum":[{{string.Join(',', Enumerable.Range(0, 20_000).Select(i => $"\"{new string('a', 10)}{i}\""))}}]}""") },
        { "many lengths", Format("{\"type\":\"object\",\"properties\":{"
            + string.Join(',', Enumerable.Range(0, 600).Select(i => $"\"p{i}\":{{\"type\":\"string\",\"maxLength\":{400 + i}}}")) + "}}") },
        { "many messages",
            $$"""{"model":"plain","max_tokens":4,"messages":"""
                + $$"""[{{string.Join(',', Enumerable.Repeat("""{"role":"user","content":"a"}""", 80_000))}}]}""" },
    };

    [Theory]
    [MemberData(nameof(Attacks))]
    public async Task Others_are_answered_and_every_place_is_free_afterwards(string name, string body)
    {
        Assert.NotEmpty(name);
        var attackers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => SendAsync(body)));

        for (var i = 0; i < 3; i++)
            Assert.Equal(200, await AskAsync()); // while the attackers wait
        foreach (var attacker in attackers)
            attacker.Dispose(); // and go

        // As many requests at once as there are places, several times: clients that left hold none of the places.
        for (var i = 0; i < 3; i++)
            Assert.All(await Task.WhenAll(Enumerable.Range(0, Places).Select(_ => AskAsync())), s => Assert.Equal(200, s));
        Assert.Equal(200, (await _server.GetAsync("health")).Status);
    }

    private static string Format(string schema) =>
        """{"model":"plain","max_tokens":4,"messages":[{"role":"user","content":"a"}],"response_format":"""
            + """{"type":"json_schema","json_schema":{"name":"x","schema":SCHEMA}}}"""
            .Replace("SCHEMA", schema, StringComparison.Ordinal);

    private static string Levels(string level, string root = "#")
    {
        var levels = string.Join(',',
            Enumerable.Range(0, 40).Select(i => $"\"d{i}\":{level.Replace("NEXT", $"{root}/$defs/d{i + 1}", StringComparison.Ordinal)}"));
        return "{\"$ref\":\"" + root + "/$defs/d0\",\"$defs\":{" + levels + ",\"d40\":{\"type\":\"null\"}}}";
    }

    private async Task<int> AskAsync() =>
        (await _server.PostAsync("""{"model":"plain","max_tokens":4,"messages":[{"role":"user","content":"What is 2 + 3?"}]}""").WaitAsync(
            Patience, Token)).Status;

    private async Task<TcpClient> SendAsync(string body)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", new Uri(_server.Endpoint).Port, Token);
        await client.GetStream()
            .WriteAsync(
            Encoding.UTF8.GetBytes(
            $"POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: "
            + $"{bytes.Length}\r\n\r\n"), Token);
        await client.GetStream().WriteAsync(bytes, Token);
        return client;
    }
}
