using System.CommandLine;
using CognitiveTools.Cli.Ask;
using CognitiveTools.Evals.Exchanges;
using CognitiveTools.Evals.Grading;
using CognitiveTools.Evals.Replays;
using CognitiveTools.Evals.Runs;
using CognitiveTools.Evals.Suites;
using CognitiveTools.Text;

namespace CognitiveTools.Cli.Runs;

/// <summary><c>cogtools replay</c>: plays a stored run again without its model.</summary>
internal static class ReplayCommand
{
    private static readonly Argument<string> Run = RunArgument.Create();

    private static readonly Option<string?> Problem = new("--problem") { Description = "Only this problem", HelpName = "ID" };

    private static readonly Option<string?> Arm = new("--arm") { Description = "Only this arm", HelpName = "NAME" };

    private static readonly Option<int?> Sample = new Option<int?>("--sample") { Description = "Only this sample, from 0", HelpName = "N" }.Within(0, Suite.MostSamples - 1);

    private static readonly Option<string?> Profile = new("--profile") { Description = "Prompts of the run, where it used a folder of them: a name or a folder [default: the run's, by name]", HelpName = "NAME|FOLDER" };

    private static readonly Option<bool> ShowTrace = new("--show-trace") { Description = "Print what was said, called and thought" };

    public static Command Create()
    {
        var command = new Command("replay", "Play a stored run again without a model: the transcripts must come out identical, and the verdicts follow from them") { Run, Problem, Arm, Sample, Profile, ShowTrace };
        command.SetGuardedAction(async (parse, cancellationToken) =>
        {
            var output = parse.InvocationConfiguration.Output;
            var run = RunArgument.Load(parse.GetValue(Run)!);
            UnitRecord[] units = [.. run.Units.Where(u =>
                (parse.GetValue(Problem) is not { } problem || u.Problem == problem)
                && (parse.GetValue(Arm) is not { } arm || u.Arm == arm)
                && (parse.GetValue(Sample) is not { } sample || u.Sample == sample))];
            if (units.Length == 0)
                throw new ArgumentException($"No unit of the run is meant. Arms: {string.Join(", ", run.Header.Suite.Arms.Select(a => a.Name))}; problems like {run.Header.ProblemIds[0]}.");

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
                if (played.Identical is false)
                    await output.WriteLineAsync(TerminalText.Line($"{played.Unit.Problem}  {played.Unit.Arm}  {played.Unit.Sample}: DIFFERS: {played.Reason}"));
                if (parse.GetValue(ShowTrace) && run.TranscriptOf(played.Unit) is { } stored)
                {
                    await output.WriteLineAsync(TerminalText.Line($"-- {played.Unit.Problem}  {played.Unit.Arm}  {played.Unit.Sample}: {played.Unit.Status} {played.Unit.Answer}"));
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

    // What was played again are the transcripts; the verdicts beside them are another file.
    private static async Task<int> CheckRecordsAsync(TextWriter output, RunResult run, UnitRecord[] units)
    {
        var suite = run.Header.Suite;
        if (!RecordCheck.CanCheck(run))
        {
            await output.WriteLineAsync($"Verdicts not compared: they were read by {suite.Answers.Name} v{suite.AnswersVersion}, this version reads v{suite.Answers.Version}. `cogtools regrade` says what changes.");
            return 0;
        }

        var untrue = 0;
        foreach (var (unit, difference) in RecordCheck.Of(run, units))
        {
            untrue++;
            await output.WriteLineAsync(TerminalText.Line($"{unit.Problem}  {unit.Arm}  {unit.Sample}: RECORD DIFFERS: {difference}"));
        }

        await output.WriteLineAsync($"{units.Length - untrue} records follow from their transcripts, {untrue} do not.");
        return untrue;
    }
}
