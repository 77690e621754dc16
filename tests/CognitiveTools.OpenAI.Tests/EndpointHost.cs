using CognitiveTools.OpenAI.Endpoints;
using CognitiveTools.Reasoners;
using CognitiveTools.TestServers;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CognitiveTools.OpenAI.Tests;

/// <summary>A host with a remote model.</summary>
internal sealed class EndpointHost : IDisposable
{
    private readonly IHost _host;

    public EndpointHost(string endpoint, params (string Key, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(
        [
            new("OpenAI:Endpoint", endpoint), new("OpenAI:Model", ChatCompletionsServer.Model), new("OpenAI:Retries", "0"),
        ]);
        builder.Configuration.AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value)));
        builder.Services.AddOpenAICompatibleClient().AddCognitiveTools();
        _host = builder.Build();
    }

    public OpenAICompatibleOptions Options =>
        _host.Services.GetRequiredService<IOptionsMonitor<OpenAICompatibleOptions>>().Get("verbal");

    public IChatClient Client => _host.Services.GetRequiredKeyedService<IChatClient>("verbal");

    public Task<Reasoning> SolveAsync(string arm, SolveOptions? options = null) =>
        _host.Services.GetRequiredService<ReasonerCatalog>().Create(ReasonerSpec.Parse(arm))
            .SolveAsync(new Question("q", "2+2?"), options ?? SolveOptions.Default, TestContext.Current.CancellationToken);

    public async Task<ChatResponse> AskAsync(ChatOptions? options = null, bool streams = false)
    {
        var token = TestContext.Current.CancellationToken;
        return streams
            ? await Client.GetStreamingResponseAsync("x", options, token).ToChatResponseAsync(token)
            : await Client.GetResponseAsync("x", options, token);
    }

    public void Dispose() => _host.Dispose();
}
