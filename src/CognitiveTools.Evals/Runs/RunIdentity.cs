using System.Globalization;
using CognitiveTools.Evals.Suites;

namespace CognitiveTools.Evals.Runs;

/// <summary>Decides whether a directory holds the run that is to be executed.</summary>
internal static class RunIdentity
{
    private const string None = "without a limit";

    /// <summary>
    /// A directory name for a run: the suite's name and a hash of suite and facts, so that the same command finds its own
    /// unfinished run again.
    /// </summary>
    public static string DirectoryName(string suiteName, string suiteHash, RunFacts facts)
    {
        var safe = new string([.. suiteName.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '-')]);
        return $"{safe}-{Of(suiteHash, facts)[..12]}";
    }

    /// <summary>Hash of everything that decides a run's results (lower-case hex): two runs with the same one may share units.</summary>
    public static string Of(string suiteHash, RunFacts facts) => Identity.FieldHash.Of([suiteHash, facts.Text()]);

    /// <summary>The header of a resumed run. It may have more samples than before.</summary>
    /// <exception cref="InvalidOperationException">The runs differ, or the earlier one does not say enough to tell.</exception>
    internal static RunHeader Merge(RunHeader earlier, RunHeader now, string directory)
    {
        if (earlier.Facts is not { } facts)
        {
            throw new InvalidOperationException(
                $"The run in '{directory}' has a header of version {earlier.Version}, which does not record all facts that decide results "
                + "(tools, donors), so it cannot be resumed. It can still be reported, compared, regraded and exported. "
                + "Choose another run directory with --run to run it again.");
        }

        string[] changes = [.. ChangeDifference.Between(facts, now.Facts!)];
        string[] differences =
        [
            .. Differences(earlier, now), .. changes,
            .. FactDifferences(earlier, facts, now).Where(d => changes.Length == 0 || !ChangeDifference.Says(d)).Select(d => d.ToString()),
        ];
        if (differences.Length == 0 && earlier.SuiteHash != now.SuiteHash)
            differences = [$"the suite's hash was {Short(earlier.SuiteHash)} and is {Short(now.SuiteHash)}"];
        if (differences.Length > 0)
        {
            throw new InvalidOperationException(
                $"The run in '{directory}' is another one: {string.Join("; ", differences)}. "
                + "Resume it with what it was started with, or choose another run directory with --run.");
        }

        return now with
        {
            Suite = now.Suite with { Samples = Math.Max(earlier.Suite.Samples, now.Suite.Samples) },
            Sessions = [.. earlier.Sessions, .. now.Sessions],
        };
    }

    // Donors are taken from the problems, so other problems make other donors.
    private static IEnumerable<FactDifference> FactDifferences(RunHeader earlier, RunFacts facts, RunHeader now) =>
        FactDifference.Between(facts, now.Facts!)
            .Where(d => earlier.ProblemsHash == now.ProblemsHash || !d.Fact.StartsWith("donors ", StringComparison.Ordinal));

    // Why the problems are others, as far as the headers tell.
    private static IEnumerable<(string Name, object? Before, object? After)> Selection(RunHeader earlier, RunHeader now)
    {
        if (earlier.ProblemsHash == now.ProblemsHash)
            return [];
        var (a, b) = (earlier.Suite, now.Suite);
        return
        [
            ("problem file", File(earlier), File(now)),
            ("take", a.Take ?? (object)"all", b.Take ?? (object)"all"),
            ("skip", a.Skip, b.Skip),
            ("shuffle", a.Shuffle ?? (object)"off", b.Shuffle ?? (object)"off"),
            ("number of problems", earlier.ProblemIds.Count, now.ProblemIds.Count),
        ];

        static object File(RunHeader header) => header.Data?.GetValueOrDefault("file") is { } file
            ? $"{file} ({Short(header.Data.GetValueOrDefault("sha256", "?"))})"
            : "not recorded";
    }

    private static IEnumerable<string> Differences(RunHeader earlier, RunHeader now)
    {
        var (a, b) = (earlier.Suite, now.Suite);
        (string Name, object? Before, object? After)[] parts =
        [
            .. Selection(earlier, now),
            ("problems", Short(earlier.ProblemsHash), Short(now.ProblemsHash)),
            ("arms", Join(a), Join(b)),
            ("budget.positions", a.Budget.Positions, b.Budget.Positions),
            ("budget.tokensPerTurn", a.Budget.TokensPerTurn, b.Budget.TokensPerTurn),
            ("budget.thoughtTokens", a.Budget.ThoughtTokens, b.Budget.ThoughtTokens),
            ("budget.toolCalls", a.Budget.ToolCalls, b.Budget.ToolCalls),
            ("budget.callsPerTool", a.Budget.CallsPerTool, b.Budget.CallsPerTool),
            ("budget.wallTimeSeconds", a.Budget.WallTime?.TotalSeconds, b.Budget.WallTime?.TotalSeconds),
            ("temperature", a.TemperatureText, b.TemperatureText),
            ("seed", a.Seed, b.Seed),
        ];
        return parts.Where(part => !Equals(part.Before, part.After))
            .Select(part => string.Create(
                CultureInfo.InvariantCulture, $"{part.Name} was {part.Before ?? None} and is {part.After ?? None}"));
    }

    private static string Join(Suite suite) =>
        string.Join(", ", suite.Arms.Select(arm => $"{(arm.Name == $"{arm.Reasoner}" ? "" : $"{arm.Name} = ")}{arm.Reasoner}{On(arm)}"));

    private static string On(Arm arm) => arm.Model is null ? "" : " on " + arm.Model;

    private static string Short(string hash) => hash[..Math.Min(12, hash.Length)];
}
