using CognitiveTools.Evals.Problems;
using CognitiveTools.Evals.Runs;
using CognitiveTools.Evals.Suites;
using CognitiveTools.Evals.Summaries;
using CognitiveTools.Reasoners;
using Microsoft.Extensions.DependencyInjection;

namespace GettingStarted;

/// <summary>
/// Step 5: two ways of thinking on the same problems, paired, with what each cost. Eight problems show how it is done and
/// prove nothing, and the summary says so; <c>cogtools eval</c> takes hundreds.
/// </summary>
internal static class Step5CompareTwoReasoners
{
    public static async Task RunAsync(TextWriter output)
    {
        await using var services = new ServiceCollection()
            .AddLlama(model => model.Path = Shipped.Model("mini"), Shipped.OneThread)
            .AddCognitiveTools(tools => tools.Profile = "mini")
            .AddCognitiveToolsEvals()
            .BuildServiceProvider();

        var suite = Suite.FromArms("direct,cot", "sample") with { Budget = Budget.Default with { TokensPerTurn = 96 } };
        var problems = ProblemFile.Read(Path.Combine(AppContext.BaseDirectory, "held-out.jsonl")).Problems.Take(8).ToArray();
        var folder = Directory.CreateTempSubdirectory("cogtools-sample-");
        try
        {
            var options = new RunOptions { Directory = folder.FullName, Concurrency = 4 };
            var run = await EvalRun.ExecuteAsync(suite, problems, services.GetRequiredService<ReasonerCatalog>(), options);
            await output.WriteAsync(SummaryText.Render(Summary.From(run)));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
