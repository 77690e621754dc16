using System.ClientModel;
using System.ClientModel.Primitives;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using CognitiveTools.Server.Hosting;
using CognitiveTools.Testing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using OpenAI;
using OpenAI.Chat;

namespace CognitiveTools.Server.Tests;

/// <summary>A server on a free port of this machine, over a host that a test describes.</summary>
internal sealed class ServerUnderTest : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly CompletionsServer _server;

    private ServerUnderTest(ServiceProvider services, CompletionsServer server)
    {
        (_services, _server) = (services, server);
        Http = new HttpClient { BaseAddress = new Uri(server.Endpoint[..^2]), Timeout = TimeSpan.FromMinutes(2) };
    }

    public HttpClient Http { get; }

    public string Endpoint => _server.Endpoint;

    public IReadOnlyList<string> Models => _server.Models;

    public static Task<ServerUnderTest> StartAsync(params string[] replies) => StartAsync(new ScriptedChatClient(replies));

    public static Task<ServerUnderTest> StartAsync(IChatClient client, Func<CompletionsServerOptions,
        CompletionsServerOptions>? configure = null) =>
        StartAsync(services => services.AddKeyedSingleton("verbal", client), configure);

    public static async Task<ServerUnderTest> StartAsync(Action<IServiceCollection> register, Func<CompletionsServerOptions,
        CompletionsServerOptions>? configure = null)
    {
        var collection = new ServiceCollection();
        register(collection);
        collection.AddCognitiveTools();
        var services = collection.BuildServiceProvider();
        var options = new CompletionsServerOptions { ModelName = "plain", Port = 0 };
        return new ServerUnderTest(services,
            await CompletionsServer.StartAsync(services, configure?.Invoke(options) ?? options, TestContext.Current.CancellationToken));
    }

    /// <summary>OpenAI's own client; it never repeats a request.</summary>
    public ChatClient OpenAI(string model = "plain", string key = "none") =>
        new(model, new ApiKeyCredential(key),
            new OpenAIClientOptions { Endpoint = new Uri(Endpoint), RetryPolicy = new ClientRetryPolicy(0) });

    public async Task<(int Status, JsonElement Body)> PostAsync(string json, string type = "application/json")
    {
        using var content = new ByteArrayContent(
            Encoding.UTF8.GetBytes(json))
        { Headers = { ContentType = MediaTypeHeaderValue.Parse(type) } };
        using var response = await Http.PostAsync("v1/chat/completions", content, TestContext.Current.CancellationToken);
        return ((int)response.StatusCode,
            JsonElement.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
    }

    public async Task<(int Status, JsonElement Body)> GetAsync(string path)
    {
        using var response = await Http.GetAsync(path, TestContext.Current.CancellationToken);
        return ((int)response.StatusCode,
            JsonElement.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
    }

    /// <summary>Stops the server alone; requests that are being answered then see it.</summary>
    public ValueTask StopAsync() => _server.DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _server.DisposeAsync();
        await _services.DisposeAsync();
    }
}
