using System.Text;
using CognitiveTools.Evals.Exports;
using CognitiveTools.Evals.Problems;
using CognitiveTools.Evals.Runs;
using CognitiveTools.Evals.Suites;
using CognitiveTools.Evals.Summaries;
using CognitiveTools.Reasoners;
using CognitiveTools.Testing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace CognitiveTools.Evals.Tests.Runs;

/// <summary>Usage that a server does not report, or reports in part, is unknown wherever it is shown, never 0.</summary>
public sealed class UnknownUsageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Without_usage_every_place_says_unknown()
    {
        var run = await RunAsync(_ => null);
        var summary = Summary.From(run);

        const string Missing = "usage is missing, positions are unknown (not 0)";
        var warning = Assert.Single(summary.Warnings, w => w.Contains(Missing, StringComparison.Ordinal));
        Assert.StartsWith("4 of 4 samples", warning, StringComparison.Ordinal);
        Assert.Contains("(direct 2, cot 2)", warning, StringComparison.Ordinal);
        Assert.All(run.Units, unit => Assert.True(unit.Usage.IsMissing));
        Assert.Contains("unknown", SummaryText.Render(summary), StringComparison.Ordinal);
        Assert.Contains("\"median_positions\": null", SummaryJson.Render(summary), StringComparison.Ordinal);
        Assert.All(SummaryTable.From(summary).Rows, row => Assert.Contains("unknown", row));
        var csv = await ExportAsync(run, "csv");
        Assert.All(
            csv.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1),
            line => Assert.Contains(",unknown,,,,,,,,,", line, StringComparison.Ordinal));
        Assert.Contains("unknown", await ExportAsync(run, "markdown"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Usage_in_part_is_incomplete()
    {
        var summary = Summary.From(await RunAsync(_ => new UsageDetails { TotalTokenCount = 11 }));
        Assert.Single(summary.Warnings, w => w.Contains("usage is incomplete", StringComparison.Ordinal));
        Assert.All(summary.Arms, arm => Assert.True(double.IsNaN(arm.MedianPositions)));
    }

    [Fact]
    public async Task Where_some_units_are_unknown_the_figures_are_over_the_others()
    {
        var usage = new UsageDetails { InputTokenCount = 5, OutputTokenCount = 6 };
        var run = await RunAsync(request => request.LastText.Contains("alpha", StringComparison.Ordinal) ? null : usage);
        var summary = Summary.From(run);
        var arm = summary.Arms.Single(a => a.Name == "cot");
        Assert.Equal((1, 11), (arm.UsageUnknown, arm.MedianPositions));
        Assert.Single(
            summary.Warnings,
            w => w.StartsWith("2 of 4 samples", StringComparison.Ordinal) && w.Contains("usage is missing", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Known_usage_says_nothing()
    {
        var run = await RunAsync(_ => new UsageDetails { InputTokenCount = 5, OutputTokenCount = 6 });
        Assert.DoesNotContain(Summary.From(run).Warnings, w => w.Contains("usage", StringComparison.Ordinal));
        Assert.Contains(",complete,11,5,6,", await ExportAsync(run, "csv"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_limit_of_positions_that_cannot_be_kept_stops_the_run_and_says_so()
    {
        var problems = Enumerable.Range(0, 30).Select(i => new Problem($"p{i}", "1?", "4")).ToArray();
        var run = await RunAsync(_ => null, problems, new RunLimits { Positions = 1_000 });
        Assert.InRange(run.Units.Count, 5, 30);
        Assert.False(run.Complete);
    }

    private async Task<RunResult> RunAsync(Func<ScriptedRequest, UsageDetails?> usage, Problem[]? problems = null, RunLimits? limits = null)
    {
        var answer = new ChatMessage(ChatRole.Assistant, "ANSWER: 4");
        var client = new ScriptedChatClient((request, _) => Task.FromResult(new ChatResponse(answer) { Usage = usage(request) }));
        await using var services = new ServiceCollection()
            .AddKeyedSingleton<IChatClient>("verbal", client)
            .AddCognitiveTools()
            .AddCognitiveToolsEvals()
            .BuildServiceProvider();
        return await EvalRun.ExecuteAsync(
            Suite.FromArms("direct,cot"),
            problems ?? [new Problem("a", "alpha?", "4"), new Problem("b", "beta?", "4")],
            services.GetRequiredService<ReasonerCatalog>(),
            new RunOptions { Directory = _folder.File("run"), Limits = limits ?? new RunLimits() },
            cancellationToken: Token);
    }

    private static async Task<string> ExportAsync(RunResult run, string format)
    {
        using var buffer = new MemoryStream();
        await RunExport.WriteAsync(run, format, buffer, Token);
        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
