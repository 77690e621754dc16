using CognitiveTools.Reasoners;
using CognitiveTools.TestServers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace GettingStarted;

/// <summary>
/// Step 4: a model behind any server that speaks OpenAI's chat completions, by configuration. The server here is one of the
/// tests, with answers written beforehand; yours is named in <c>OpenAI:Endpoint</c> and <c>OpenAI:Model</c>, and the
/// environment variable of its key in <c>OpenAI:ApiKeyVariable</c>.
/// </summary>
internal static class Step4UseARemoteModel
{
    public static async Task RunAsync(TextWriter output)
    {
        await using var server = await ChatCompletionsServer.StartAsync(
            "Let me restate it first. <call>{\"tool\":\"understand_question\",\"args\":{}}</call>",
            "Concepts: powers\nGivens: base 7, exponent 2\nGoal: the last digit\nSteps: multiply, take the last digit\nTechniques: "
                + "arithmetic",
            "7 * 7 = 49.\nANSWER: 9");

        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["OpenAI:Endpoint"] = server.Endpoint,
            ["OpenAI:Model"] = ChatCompletionsServer.Model,
            ["OpenAI:Timeout"] = "00:01:00",
        });
        builder.Services.AddOpenAICompatibleClient().AddCognitiveTools();
        using var host = builder.Build();
        await host.StartAsync(); // a wrong setting would stop it here

        var reasoner = host.Services.GetRequiredService<ReasonerCatalog>().Create(ReasonerSpec.Parse("tools"));
        var reasoning = await reasoner.SolveAsync(new Question("q1", "What is the last digit of 7^2?"), SolveOptions.Default);
        await output.WriteLineAsync($"requests: {server.Calls.Count}");
        await output.WriteLineAsync($"answer: {reasoning.Answer}");
        await output.WriteLineAsync(
            $"cost as the server counts: {reasoning.Usage.Positions} positions, of them "
            + $"{reasoning.Usage.ToolPrompt + reasoning.Usage.ToolGenerated} in the tool");
        await host.StopAsync();
    }
}
