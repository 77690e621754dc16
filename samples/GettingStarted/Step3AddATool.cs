using CognitiveTools.Calls;
using CognitiveTools.Functions;
using CognitiveTools.Prompts;
using CognitiveTools.Tools;
using Microsoft.Extensions.DependencyInjection;

namespace GettingStarted;

/// <summary>
/// Step 3: a fifth tool without code. Its YAML and its prompt lie in <c>Tools/</c>; the host is given the folder. From then
/// on it is a tool like the others: in the loop, in kernels, for function-calling clients, over MCP.
/// </summary>
internal static class Step3AddATool
{
    public static async Task RunAsync(TextWriter output)
    {
        await using var services = new ServiceCollection()
            .AddLlama(model => model.Path = Shipped.Model("mini"), Shipped.OneThread)
            .AddCognitiveTools(tools =>
            {
                tools.Profile = "mini";
                tools.ToolsFolder = Path.Combine(AppContext.BaseDirectory, "Tools");
            })
            .BuildServiceProvider();

        var catalog = services.GetRequiredService<ToolCatalog>();
        await output.WriteLineAsync($"tools: {string.Join(", ", catalog.Tools.Select(t => t.Name))}");

        // As functions of Microsoft.Extensions.AI; the schema is made from the YAML.
        var functions = CognitiveToolFunctions.Create(catalog, services.GetRequiredService<PromptProfile>(),
            services.GetRequiredService<IsolatedCall>());
        var opinion = functions.Single(f => f.Name == "second_opinion");
        await output.WriteLineAsync($"schema: {opinion.JsonSchema.GetRawText()}");

        var result = await opinion.CallAsync(new Dictionary<string,
            object?>(StringComparer.Ordinal)
        { ["question"] = "In base 4 a number is 2,1. What is it in base 10?" });
        await output.WriteLineAsync($"{result.Outcome}, {result.Usage.Positions} positions: {result.ToText()}");
    }
}
