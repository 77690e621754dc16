using CognitiveTools.Answers.Scoring;
using CognitiveTools.Evals.Reports;
using CognitiveTools.Evals.Runs;
using CognitiveTools.Evals.Suites;
using CognitiveTools.Text;

namespace CognitiveTools.Evals.Live;

/// <summary>Makes what the pages show of a run at a moment.</summary>
/// <param name="name">The run's name among those that are shown.</param>
/// <param name="header">What is run.</param>
/// <param name="tally">What is finished.</param>
/// <param name="state">Whether it goes on.</param>
/// <param name="now">The moment.</param>
internal sealed class RunViewBuilder(string name, RunHeader header, RunTally tally, RunState state, DateTimeOffset now)
{
    private const int MostOfAnError = 2000;

    // Beyond it the process that wrote the activity has stopped, or its clock differs by much.
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, int> _places =
        header.Suite.Arms.Index().ToDictionary(static arm => arm.Item.Name, static arm => arm.Index, StringComparer.Ordinal);

    private readonly DateTimeOffset _session = header.Sessions is [.., var last] ? last : now;

    private bool IsRunning => state.Condition == RunCondition.Running;

    /// <summary>The run's line in a list.</summary>
    /// <param name="changed">When the run grew last.</param>
    public RunLine Line(DateTimeOffset changed) => new()
    {
        Name = name,
        Condition = state.Condition,
        State = state.Text,
        Suite = header.Suite.Name,
        Model = ReportData.ModelOf(header, header.Suite.BaselineArm.Name),
        Changed = ReportData.Minute(changed),
        Finished = tally.Finished,
        Planned = header.Planned,
        Errors = Sum(SampleStatus.Error),
        Truncated = Sum(SampleStatus.Truncated),
    };

    /// <summary>What the run's page shows.</summary>
    /// <param name="changed">When the run grew last.</param>
    /// <param name="damage">Damaged lines of the log in words; <see langword="null"/> without one.</param>
    /// <param name="activity">What the workers do, as the folder says; <see langword="null"/> when it does not.</param>
    public RunView View(DateTimeOffset changed, string? damage, RunActivity? activity)
    {
        var pace = IsRunning ? tally.Pace.PerMinute(now, _session) : null;
        return new RunView(Line(changed))
        {
            Damage = damage,
            HasReport = state.Condition == RunCondition.Finished && damage is null,
            Problems = Path.GetFileName(header.Suite.Problems),
            ProblemCount = header.ProblemIds.Count,
            Samples = header.Suite.Samples,
            Started = header.Sessions is [var first, ..] ? ReportData.Minute(first) : null,
            PerMinute = Rounded(pace),
            AtOnce = IsRunning ? Rounded(tally.Pace.AtOnce(now, _session)) : null,
            Activity = IsRunning && activity is { } known && now - known.Written < Fresh ? known : null,
            SecondsLeft = pace is > 0 ? Math.Round(60 * (header.Planned - tally.Finished) / pace.Value) : null,
            Arms = [.. header.Suite.Arms.Select(arm => Of(arm, tally.Of(arm.Name)))],
            NewestErrors = [.. tally.Recent.Errors.Select(Of)],
            Recent = [.. tally.Recent.Problems.Select(Of)],
        };
    }

    private ArmView Of(Arm arm, ArmTally units)
    {
        var accuracy = units.Accuracy;
        return new ArmView
        {
            Name = arm.Name,
            Spec = arm.Reasoner.ToString(),
            Model = arm.Model,
            ControlOf = arm.ControlOf is { } target && _places.TryGetValue(target, out var place) ? place : null,
            Planned = units.Planned,
            Finished = units.Finished,
            Accuracy = accuracy?.Mean,
            Low = accuracy?.Interval?.Low,
            High = accuracy?.Interval?.High,
            Method = accuracy?.Method,
            Course = [.. units.Course.Select(static p => (double[])[p.Units, Share(p.Mean), Share(p.Low), Share(p.High)])],
            PerMinute = IsRunning ? Rounded(units.Pace.PerMinute(now, _session)) : null,
            Truncated = units.Of(SampleStatus.Truncated),
            NoAnswer = units.Of(SampleStatus.NoAnswer),
            Errors = units.Of(SampleStatus.Error),
        };
    }

    private static ErrorView Of(UnitRecord unit) => new(
        unit.Arm, unit.Problem, unit.Sample, ReportData.Minute(unit.Finished),
        TerminalText.Excerpt(unit.Error ?? "The log holds no reason.", MostOfAnError));

    private RecentView Of(RecentProblem problem) => new(
        problem.Problem, problem.Sample,
        [.. problem.Arms.Values.Select(unit => (int[])[_places[unit.Arm], (int)unit.Status]).OrderBy(static unit => unit[0])]);

    private int Sum(SampleStatus status) => header.Suite.Arms.Sum(arm => tally.Of(arm.Name).Of(status));

    private static double? Rounded(double? value) => value is { } number ? Math.Round(number, 1) : null;

    private static double Share(double value) => Math.Round(value, 4);
}
