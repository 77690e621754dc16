using CognitiveTools.TestModels;
using Microsoft.Agents.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;
using AI = Microsoft.Extensions.AI;

namespace CognitiveTools.SemanticKernel.Tests;

/// <summary>
/// Loops of two calls on a local model. Its weights are random: the template begins the calls, and the grammar writes them.
/// </summary>
public sealed class LocalCallTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Semantic_Kernel_with_automatic_choice_makes_two_calls_and_gets_an_answer()
    {
        var asked = new List<bool>();
        var builder = Kernel.CreateBuilder();
        AddModel(builder.Services);
        builder.Services.AddChatClient(static services => services.GetRequiredKeyedService<AI.IChatClient>("verbal"))
            .UseKernelFunctionInvocation();
        var kernel = builder.Build();
        kernel.Plugins.AddFromFunctions("weather", [KernelFunctionFactory.CreateFromMethod((bool tomorrow) =>
        {
            asked.Add(tomorrow);
            return "21 degrees";
        }, "get")]);

        var answer = await kernel.InvokePromptAsync<string>(
            "hi", new(new PromptExecutionSettings { FunctionChoiceBehavior = FunctionChoiceBehavior.Auto() }), cancellationToken: Token);

        Assert.Equal(2, asked.Count);
        Assert.NotNull(answer);
    }

    [Fact]
    public async Task An_agent_makes_two_calls_and_gets_an_answer()
    {
        var cities = new List<City>();
        var services = new ServiceCollection();
        AddModel(services);
        await using var host = services.BuildServiceProvider();
        var tool = AI.AIFunctionFactory.Create((City city) => Weather(cities, city), "get_weather");
        var agent = new ChatClientAgent(
            host.GetRequiredKeyedService<AI.IChatClient>("verbal"), instructions: "Be brief.", tools: [tool]);

        var response = await agent.RunAsync(
            "hi", options: new ChatClientAgentRunOptions(new() { MaxOutputTokens = 100 }), cancellationToken: Token);

        Assert.Equal(2, cities.Count);
        var contents = response.Messages.SelectMany(static m => m.Contents).ToArray();
        Assert.Equal(2, contents.OfType<AI.FunctionCallContent>().Select(static c => c.CallId).Distinct().Count());
        Assert.Equal(2, contents.OfType<AI.FunctionResultContent>().Count());
        Assert.DoesNotContain(response.Messages[^1].Contents, static c => c is AI.FunctionCallContent);
    }

    private static string Weather(List<City> cities, City city)
    {
        cities.Add(city);
        return $"21 degrees in {city}";
    }

    private static void AddModel(IServiceCollection services) => services.AddLlama(
        llama =>
        {
            var path = Path.Combine(Directory.CreateTempSubdirectory("cogtools-").FullName, "tiny.gguf");
            llama.Path = TinyModel.Write(path, 3, new() { Template = ScriptedCalls.Template });
            llama.TemplateVariables["script"] = "2";
        },
        engine => engine.Threads = 1);

    public enum City
    {
        Paris,
        Rome,
    }
}
