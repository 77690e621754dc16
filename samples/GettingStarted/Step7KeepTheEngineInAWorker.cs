using System.Diagnostics;
using CognitiveTools.Llama.Workers;
using CognitiveTools.Reasoners;
using Microsoft.Extensions.DependencyInjection;

namespace GettingStarted;

/// <summary>
/// Step 7: the engine in a process of its own, so that a crash of the native library does not end the application. The process is
/// this program once more, which is why <c>Program.cs</c> begins with <c>LlamaWorkerHost.RunIfAskedAsync</c>. Here the process is
/// killed between two questions; the second one starts another.
/// </summary>
internal static class Step7KeepTheEngineInAWorker
{
    public static async Task RunAsync(TextWriter output)
    {
        await using var services = new ServiceCollection()
            .AddLlamaWorker(model => model.Path = Shipped.Model("mini"), Shipped.OneThread)
            .AddCognitiveTools(tools => tools.Profile = "mini")
            .BuildServiceProvider();

        var worker = services.GetRequiredService<LlamaWorker>();
        var reasoner = services.GetRequiredService<ReasonerCatalog>().Create(ReasonerSpec.Parse("cot"));
        var question = new Question("q1", "Eva has 29 coins. Then 3 are lost. Then 10 are lost. How many are there at last?");
        await output.WriteLineAsync($"answer: {(await reasoner.SolveAsync(question, SolveOptions.Default)).Answer.Split('\n')[^1]}");

        using (var process = Process.GetProcessById(worker.ProcessId!.Value))
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        await output.WriteLineAsync($"answer again: {(await reasoner.SolveAsync(question, SolveOptions.Default)).Answer.Split('\n')[^1]}");
        await output.WriteLineAsync($"processes: {worker.Starts}, and this one goes on");
    }
}
