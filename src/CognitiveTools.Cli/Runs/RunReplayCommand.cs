using System.CommandLine;
using CognitiveTools.Cli.Ask;
using CognitiveTools.Evals.Exchanges;
using CognitiveTools.Evals.Grading;
using CognitiveTools.Evals.Replays;
using CognitiveTools.Evals.Runs;
using CognitiveTools.Evals.Suites;
using CognitiveTools.Text;

namespace CognitiveTools.Cli.Runs;

/// <summary><c>cogtools run replay</c>: runs today's code on the recorded answers of a stored run, without its model.</summary>
internal static class RunReplayCommand
{
    private static readonly Argument<string> Run = RunArgument.Create();

    private static readonly Option<string?> Problem = new("--problem") { Description = "Only this problem", HelpName = "ID" };

    private static readonly Option<string?> Arm = new("--arm") { Description = "Only this arm", HelpName = "NAME" };

    private static readonly Option<int?> Sample = new Option<int?>("--sample")
    {
        Description = "Only this sample, from 0",
        HelpName = "N",
    }.Within(0, Suite.MostSamples - 1);

    private static readonly Option<string?> Profile = new("--profile")
    {
        Description = "Prompts of the run, where it used a folder of them: a name or a folder [default: the run's, by name]",
        HelpName = "NAME|FOLDER",
    };

    private static readonly Option<bool> ShowTrace = new("--show-trace") { Description = "Print what was said, called and thought" };

    public static Command Create()
    {
        const string Description = "Run the code of today on the recorded answers of a stored run, without a model: "
            + "transcripts and verdicts must come out identical";
        var command = new Command("replay", Description) { Run, Problem, Arm, Sample, Profile, ShowTrace };
        command.SetGuardedAction(async (parse, cancellationToken) =>
        {
            var output = parse.InvocationConfiguration.Output;
            var run = RunArgument.Load(parse.GetValue(Run)!);
            UnitRecord[] units = [.. run.Units.Where(u =>
                (parse.GetValue(Problem) is not { } problem || u.Problem == problem)
                && (parse.GetValue(Arm) is not { } arm || u.Arm == arm)
                && (parse.GetValue(Sample) is not { } sample || u.Sample == sample))];
            if (units.Length == 0)
            {
                var arms = string.Join(", ", run.Header.Suite.Arms.Select(a => a.Name));
                throw new ArgumentException(
                    $"No unit of the run has that problem, arm and sample. Arms: {arms}; problems like {run.Header.ProblemIds[0]}.");
            }

            await using var host = new ReplayHost(run, parse.GetValue(Profile));
            var (same, different, silent) = (0, 0, new SortedDictionary<string, int>(StringComparer.Ordinal));
            await foreach (var played in RunReplay.PlayAsync(run, host.Reasoners, units, cancellationToken))
            {
                if (played.Identical is null)
                    silent[played.Reason!] = silent.GetValueOrDefault(played.Reason!) + 1;
                else if (played.Identical is true)
                    same++;
                else
                    different++;
                var unit = played.Unit;
                if (played.Identical is false)
                    await output.WriteLineAsync(TerminalText.Line($"{NameOf(unit)}: DIFFERS: {played.Reason}"));
                if (parse.GetValue(ShowTrace) && run.TranscriptOf(unit) is { } stored)
                {
                    await output.WriteLineAsync(TerminalText.Line($"-- {NameOf(unit)}: {unit.Status} {unit.Answer}"));
                    var view = new TraceView(output);
                    foreach (var step in stored.Reasoning.Steps)
                        view.Report(step);
                }
            }

            await output.WriteLineAsync($"{same} units identical, {different} different.");
            foreach (var (reason, count) in silent)
                await output.WriteLineAsync($"{count} not played: {reason}.");
            var untrue = await CheckRecordsAsync(output, run, units);
            return different + untrue == 0 ? ExitCodes.Success : ExitCodes.Attention;
        });
        return command;
    }

    private static string NameOf(UnitRecord unit) => $"{unit.Problem}  {unit.Arm}  {unit.Sample}";

    // Replay compares transcripts; verdicts are in another file, units.jsonl.
    private static async Task<int> CheckRecordsAsync(TextWriter output, RunResult run, UnitRecord[] units)
    {
        var suite = run.Header.Suite;
        if (!RecordCheck.CanCheck(run))
        {
            var today = suite.Answers.Version;
            await output.WriteLineAsync($"Verdicts not compared: they were read by {suite.Answers.Name} v{suite.AnswersVersion}, "
                + $"and this version reads v{today}. `cogtools run regrade` lists what changes.");
            return 0;
        }

        var untrue = 0;
        foreach (var (unit, difference) in RecordCheck.Of(run, units))
        {
            untrue++;
            await output.WriteLineAsync(TerminalText.Line($"{NameOf(unit)}: RECORD DIFFERS: {difference}"));
        }

        await output.WriteLineAsync($"{units.Length - untrue} records follow from their transcripts, {untrue} do not.");
        return untrue;
    }
}
