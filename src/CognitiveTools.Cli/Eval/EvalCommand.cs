using System.CommandLine;
using System.Globalization;
using CognitiveTools.Cli.Clusters;
using CognitiveTools.Cli.Help;
using CognitiveTools.Cli.Hosting;
using CognitiveTools.Cli.Runs;
using CognitiveTools.Evals.Problems;
using CognitiveTools.Evals.Runs;
using CognitiveTools.Evals.Suites;
using CognitiveTools.Reasoners;
using CognitiveTools.Text;
using CognitiveTools.Tools;
using Microsoft.Extensions.DependencyInjection;

namespace CognitiveTools.Cli.Eval;

/// <summary><c>cogtools eval</c>: compares ways of thinking on a problem set, and resumes an interrupted run.</summary>
internal static class EvalCommand
{
    private static readonly Option<bool> Json = new("--json") { Description = "Print the summary as JSON" };

    private static readonly Option<string?> Run = new("--run")
    {
        Description = "Directory of the run [default: runs/ and a name made of suite and model; the same command resumes it]",
        HelpName = "FOLDER",
    };

    private static readonly Option<int> Concurrency = new Option<int>("--concurrency", "-c")
    {
        Description = "Units in flight at once",
        DefaultValueFactory = _ => 8,
        HelpName = "N",
    }.Within(1, 1024);

    private static readonly Option<bool> RetryErrors = new("--retry-errors") { Description = "Run failed units again" };

    private static readonly Option<bool> DryRun = new("--dry-run")
    {
        Description = "Run one problem per arm only, and print the prompts, the units and the estimated cost of the run",
    };

    public static Command Create()
    {
        var command = new Command("eval", "Compare ways of thinking on a problem set, paired and at known cost");
        var suite = new SuiteOptions();
        var model = new ModelOptions();
        var endpoint = new EndpointOptions();
        var limits = new LimitOptions();
        var cluster = new ClusterOptions();
        suite.AddTo(command);
        model.AddTo(command);
        endpoint.AddTo(command);
        limits.AddTo(command);
        cluster.AddTo(command);
        command.AddGroup(HelpGroup.Output, Run, SummaryPrinter.Details, SummaryPrinter.Explain, Json);
        command.AddGroup(HelpGroup.Engine, Concurrency);
        command.AddGroup(HelpGroup.Debugging, DryRun, RetryErrors);
        command.SetGuardedAction((parse, cancellationToken) =>
            RunAsync(parse, suite, endpoint.Read(parse, model.Read(parse)), limits.Read(parse), cluster.Read(parse), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        ParseResult parse,
        SuiteOptions chosen,
        ModelChoice choice,
        RunOptions limits,
        ClusterChoice? cluster,
        CancellationToken cancellationToken)
    {
        var error = parse.InvocationConfiguration.Error;
        if (parse.GetValue(DryRun) && parse.GetValue(Json))
            throw new ArgumentException(
                $"{Json.Name} prints the summary of a run, and {DryRun.Name} makes no run, only texts to read. Leave one of them out.");
        var (suite, problems, data) = chosen.Read(parse);
        if (problems.FigureProblemsLeftOut > 0)
            await error.WriteLineAsync($"{problems.FigureProblemsLeftOut} problems that need a figure are left out.");
        suite.Validate();
        _ = suite.PlannedUnits(problems.Problems.Count); // before a model is loaded

        choice = choice with { Reference = choice.Reference ?? suite.Model, Budget = suite.Budget };
        await using var hosts = new ModelHosts(choice, problems.Donors, suite.Answers);
        var models = suite.Arms.Select(static arm => arm.Model);
        foreach (var model in (choice.Endpoint is null ? models : models.Prepend(null)).Distinct())
            await hosts.Of(model).CheckAsync(cancellationToken);
        ReasonerCatalog Reasoners(Arm arm) => hosts.Of(arm.Model).Services.GetRequiredService<ReasonerCatalog>();
        (suite, var leftOut) = OptionalArms.Select(suite, Reasoners);
        foreach (var line in leftOut)
            await error.WriteLineAsync(TerminalText.Line(line));
        foreach (var model in suite.Arms.Select(static arm => arm.Model).Distinct())
        {
            var of = (model ?? choice.Reference) is { } name ? name + ": " : "";
            if (await chosen.Limits.ShortContextAsync(parse, hosts.Of(model), cancellationToken) is { } shortage)
                await error.WriteLineAsync(TerminalText.Line(of + shortage));
            if (await hosts.Of(model).LongContextAsync(cancellationToken) is { } excess)
                await error.WriteLineAsync(TerminalText.Line(of + excess));
        }

        if (parse.GetValue(DryRun))
        {
            var probes = RunProbe.RunAsync(suite, problems.Problems, Reasoners, TimeProvider.System, cancellationToken);
            return await DryRunPrinter.PrintAsync(
                parse.InvocationConfiguration.Output, probes, probe => hosts.Of(probe.Model).ContextRoomAsync(cancellationToken));
        }

        var host = hosts.Of();
        var directory = parse.GetValue(Run) ?? await DirectoryAsync(suite, problems, Reasoners, cancellationToken);
        var record = await HostRecord.OfAsync(host, cancellationToken);
        await error.WriteLineAsync(TerminalText.Line($"Run {directory}; the same command resumes it."));
        var units = suite.PlannedUnits(problems.Problems.Count);
        await error.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{units:N0} units, at most {(double)units * suite.Budget.Positions:N0} positions by the budget; "
                + $"--dry-run estimates the cost."));
        if (record.TryGetValue(HostRecord.Slower, out var slower))
            await error.WriteLineAsync(TerminalText.Line(slower));
        var mayRunCode = suite.Arms.Any(arm => MayRunCode(arm, hosts.Of(arm.Model)));
        foreach (var (name, level) in record.Where(f => mayRunCode && f.Key.StartsWith(HostRecord.Sandbox, StringComparison.Ordinal)))
            await error.WriteLineAsync(TerminalText.Line($"{name}, if a tool runs code: {level}"));
        var options = limits with
        {
            Directory = directory,
            Concurrency = host.IsDeterministic ? 1 : parse.GetValue(Concurrency),
            Host = record,
            Data = data,
            RetryErrors = parse.GetValue(RetryErrors),
        };

        var run = (suite, problems.Problems, (Func<Arm, ReasonerCatalog>)Reasoners, options);
        var reference = choice.Endpoint is null ? host.Model.Reference : null;
        var notices = new ClusterNotices(error, EvalDisplay.IsPlain);
        var result = await EvalDisplay.WatchAsync(error, progress => cluster is null
            ? EvalRun.ExecuteAsync(suite, problems.Problems, Reasoners, options, progress, cancellationToken)
            : ClusterEval.RunAsync((cluster, choice.Verbose), run, reference, progress, notices, cancellationToken));
        notices.End();
        return await SummaryPrinter.PrintAsync(parse, result, parse.GetValue(Json));
    }

    // By the settings of the tool loop, which a vote's begin with of.
    private static bool MayRunCode(Arm arm, ModelHost host)
    {
        var running = host.Services.GetRequiredService<ToolCatalog>().Tools.Where(static tool => tool.Runs is not null);
        var settings = arm.Reasoner.Settings;
        return Value("code") == "on"
            || Value("tools") is { } names
                && names.Split('+', StringSplitOptions.TrimEntries).Any(name => running.Any(tool => tool.Name == name));

        string? Value(string name) => settings.GetValueOrDefault(name) ?? settings.GetValueOrDefault("of." + name);
    }

    // The engines remember what they are, so that the run itself finds the same facts without reading the files again.
    private static async Task<string> DirectoryAsync(
        Suite suite, ProblemSet problems, Func<Arm, ReasonerCatalog> reasoners, CancellationToken cancellationToken)
    {
        var facts = await RunFacts.CollectAsync(suite, reasoners, cancellationToken: cancellationToken);
        return Path.Combine(RunArgument.Folder, RunIdentity.DirectoryName(suite.Name, suite.Hash(problems.Problems), facts));
    }
}
