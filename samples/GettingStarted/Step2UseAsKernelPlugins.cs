using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;

namespace GettingStarted;

/// <summary>
/// Step 2: the tools as plugins of Semantic Kernel. Called by name here; with
/// <c>FunctionChoiceBehavior.Auto()</c> a model that calls functions chooses them itself.
/// </summary>
internal static class Step2UseAsKernelPlugins
{
    public static async Task RunAsync(TextWriter output)
    {
        var builder = Kernel.CreateBuilder();
        builder.Services.AddLlama(model => model.Path = Shipped.Model("mini"), Shipped.OneThread);
        builder.AddCognitiveTools(tools => tools.Profile = "mini");
        await using var services = builder.Services.BuildServiceProvider();
        var kernel = services.GetRequiredService<Kernel>();

        foreach (var function in kernel.Plugins["cognitive_tools"])
            await output.WriteLineAsync($"{function.Name}: {function.Description}");

        const string Question = "Eva has 29 coins. Then 3 are lost. Then 10 are lost. How many are there at last?";
        var understood = await kernel.InvokeAsync<string>("cognitive_tools", "understand_question",
            new KernelArguments { ["question"] = Question });
        await output.WriteLineAsync($"understood: {understood}");

        var examined = await kernel.InvokeAsync<string>("cognitive_tools", "examine_answer", new KernelArguments
        {
            ["question"] = Question,
            ["current_reasoning"] = "1:29-3=26;2:26-10=16;",
            ["current_proposed_answer"] = "16",
        });
        await output.WriteLineAsync($"examined: {examined}");
    }
}
