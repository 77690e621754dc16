using CognitiveTools.Reasoners;
using Microsoft.Extensions.DependencyInjection;

namespace GettingStarted;

/// <summary>
/// Step 1: reasoning in an application of your own. A model, the toolkit, and a reasoner by name. The model is <c>mini</c>,
/// trained in this repository on generated problems such as this one; any GGUF chat model does, with the profile
/// <c>default</c>.
/// </summary>
internal static class Step1EmbedInAnApp
{
    public static async Task RunAsync(TextWriter output)
    {
        await using var services = new ServiceCollection()
            .AddLlama(model => model.Path = Shipped.Model("mini"), Shipped.OneThread)
            .AddCognitiveTools(tools => tools.Profile = "mini")
            .BuildServiceProvider();

        var reasoner = services.GetRequiredService<ReasonerCatalog>().Create(ReasonerSpec.Parse("tools"));
        var question = new Question("q1", "Eva has 29 coins. Then 3 are lost. Then 10 are lost. How many are there at last?");
        var reasoning = await reasoner.SolveAsync(question, SolveOptions.Default);

        foreach (var step in reasoning.Steps)
        {
            await output.WriteLineAsync(step switch
            {
                Said said => $"said: {said.Text}",
                Called called => $"called {called.Tool} ({called.Outcome}): {called.Observation}",
                _ => $"{step}",
            });
        }

        await output.WriteLineAsync($"answer: {reasoning.Answer}");
        await output.WriteLineAsync($"cost: {reasoning.Usage.Positions} positions, stopped because: {reasoning.Stop}");
    }
}
