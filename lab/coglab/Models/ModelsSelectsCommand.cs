using System.CommandLine;
using System.Globalization;
using CognitiveTools.Answers.Scoring;
using CognitiveTools.Cli;
using CognitiveTools.Evals.Runs;

namespace CognitiveTools.Lab.Commands.Models;

/// <summary>
/// <c>coglab models selects</c>: whether a tuned model solves problems that its base never solves in N samples. One that only selects what
/// the base can already do solves none (Yue et al. 2025, arXiv 2504.13837).
/// </summary>
internal static class ModelsSelectsCommand
{
    private static readonly Argument<DirectoryInfo> Base = new("base") { Description = "Run of the base, with many samples a problem" };

    private static readonly Argument<DirectoryInfo> Tuned = new("tuned")
    {
        Description = "Run of the tuned models on the same problems; may be the same run",
    };

    private static readonly Option<string> BaseArm = new("--base-arm")
    {
        Description = "The base's arm",
        DefaultValueFactory = static _ => "direct",
        HelpName = "ARM",
    };

    private static readonly Option<string[]> Arms = new("--arms")
    {
        Description = "Arms of the tuned models",
        Required = true,
        AllowMultipleArgumentsPerToken = true,
        HelpName = "ARM",
    };

    public static Command Create()
    {
        var command = new Command("selects", "Print pass@N of a base beside pass@1 of tuned models, and what only the tuned ones solve")
        {
            Base, Tuned, BaseArm, Arms,
        };
        command.SetGuardedAction(async (parse, _) =>
        {
            var (of, name) = (RunResult.Load(parse.GetValue(Base)!.FullName), parse.GetValue(BaseArm)!);
            var tuned = RunResult.Load(parse.GetValue(Tuned)!.FullName);
            var ever = Shares(of, name);
            foreach (var arm in parse.GetValue(Arms)!)
                await parse.InvocationConfiguration.Output.WriteLineAsync(Line(name, ever, arm, Shares(tuned, arm)));
            return ExitCodes.Success;
        });
        return command;
    }

    /// <summary>For each problem of an arm the share of right samples, and their number.</summary>
    private static Dictionary<string, (double Right, int Samples)> Shares(RunResult run, string arm)
    {
        var units = run.Units.Where(unit => unit.Arm == arm).ToArray();
        return units.Length > 0
            ? units.GroupBy(static unit => unit.Problem, StringComparer.Ordinal).ToDictionary(
                static problem => problem.Key,
                static problem => (problem.Average(static unit => unit.Status == SampleStatus.Correct ? 1.0 : 0), problem.Count()),
                StringComparer.Ordinal)
            : throw new InvalidDataException(
                $"The run {run.Directory} has no arm '{arm}'; it has "
                    + $"{string.Join(", ", run.Units.Select(static unit => unit.Arm).Distinct(StringComparer.Ordinal))}.");
    }

    internal static string Line(
        string baseArm,
        Dictionary<string, (double Right, int Samples)> ever,
        string arm,
        Dictionary<string, (double Right, int Samples)> tuned)
    {
        string[] both = [.. ever.Keys.Where(tuned.ContainsKey)];
        if (both.Length == 0)
            throw new InvalidDataException($"'{baseArm}' and '{arm}' have no problem in common. Run them on the same problems.");
        var samples = both.Min(problem => ever[problem].Samples);
        // Right more often than not counts as solved; with one greedy sample, right.
        string[] solved = [.. both.Where(problem => tuned[problem].Right > 0.5)];
        var never = both.Count(problem => ever[problem].Right == 0);
        var created = solved.Count(problem => ever[problem].Right == 0);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{arm}: pass@1 {both.Average(problem => tuned[problem].Right):P1} of {both.Length} problems; {baseArm}: pass@1 "
                + $"{both.Average(problem => ever[problem].Right):P1}, pass@{samples} {1 - (double)never / both.Length:P1}. Of {never} "
                + $"problems that {baseArm} never solves, {arm} solves {created}; of {solved.Length} that {arm} solves, {baseArm} solves "
                + $"{solved.Length - created} at least once");
    }
}
