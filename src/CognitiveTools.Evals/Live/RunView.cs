using System.Diagnostics.CodeAnalysis;
using CognitiveTools.Evals.Runs;

namespace CognitiveTools.Evals.Live;

/// <summary>A run in the list.</summary>
internal record RunLine
{
    /// <summary>The run's name among those that are shown.</summary>
    public required string Name { get; init; }

    /// <summary>Whether it goes on.</summary>
    public required RunCondition Condition { get; init; }

    /// <summary>The same in words; of a run that cannot be read the reason.</summary>
    public required string State { get; init; }

    /// <summary>The suite's name.</summary>
    public string? Suite { get; init; }

    /// <summary>The model's name.</summary>
    public string? Model { get; init; }

    /// <summary>When it grew last.</summary>
    public string? Changed { get; init; }

    /// <summary>Finished units.</summary>
    public int Finished { get; init; }

    /// <summary>Units of the whole run.</summary>
    public int Planned { get; init; }

    /// <summary>Units that failed.</summary>
    public int Errors { get; init; }

    /// <summary>Units that a limit cut before an answer.</summary>
    public int Truncated { get; init; }
}

/// <summary>A run as its page shows it.</summary>
internal sealed record RunView : RunLine
{
    public RunView()
    {
    }

    [SetsRequiredMembers]
    public RunView(RunLine line)
        : base(line)
    {
    }

    /// <summary>Lines of the log that are damaged, in words; <see langword="null"/> without one.</summary>
    public string? Damage { get; init; }

    /// <summary>Whether the page of the finished run takes this one's place.</summary>
    public bool HasReport { get; init; }

    /// <summary>The file of the problems.</summary>
    public string? Problems { get; init; }

    /// <summary>How many problems there are.</summary>
    public int ProblemCount { get; init; }

    /// <summary>Samples per problem and arm.</summary>
    public int Samples { get; init; }

    /// <summary>Start of the first session.</summary>
    public string? Started { get; init; }

    /// <summary>Units per minute over the last minutes.</summary>
    public double? PerMinute { get; init; }

    /// <summary>Units in progress at the same time over the last minutes, on average.</summary>
    public double? AtOnce { get; init; }

    /// <summary>What the workers do now; <see langword="null"/> when the folder does not say.</summary>
    public RunActivity? Activity { get; init; }

    /// <summary>Seconds to the end at this pace.</summary>
    public double? SecondsLeft { get; init; }

    /// <summary>The arms in the suite's order.</summary>
    public IReadOnlyList<ArmView> Arms { get; init; } = [];

    /// <summary>The errors that came last, the newest first.</summary>
    public IReadOnlyList<ErrorView> NewestErrors { get; init; } = [];

    /// <summary>The problems whose units finished last, the newest first.</summary>
    public IReadOnlyList<RecentView> Recent { get; init; } = [];
}

/// <summary>Progress of an arm.</summary>
internal sealed record ArmView
{
    /// <summary>The arm's name.</summary>
    public required string Name { get; init; }

    /// <summary>Its reasoner in the short form.</summary>
    public required string Spec { get; init; }

    /// <summary>The model of an arm that names one.</summary>
    public string? Model { get; init; }

    /// <summary>The place of the arm that this one is a control of.</summary>
    public int? ControlOf { get; init; }

    /// <summary>Units of the arm in all.</summary>
    public int Planned { get; init; }

    /// <summary>Finished units.</summary>
    public int Finished { get; init; }

    /// <summary>Share of correct samples, averaged over problems.</summary>
    public double? Accuracy { get; init; }

    /// <summary>Lower end of its 95% interval.</summary>
    public double? Low { get; init; }

    /// <summary>Upper end of its 95% interval.</summary>
    public double? High { get; init; }

    /// <summary>How the interval was made.</summary>
    public string? Method { get; init; }

    /// <summary>Accuracy and interval as they developed: units, mean, low, high.</summary>
    public IReadOnlyList<double[]> Course { get; init; } = [];

    /// <summary>Units per minute over the last minutes.</summary>
    public double? PerMinute { get; init; }

    /// <summary>Units that a limit cut before an answer.</summary>
    public int Truncated { get; init; }

    /// <summary>Units that ended without an answer.</summary>
    public int NoAnswer { get; init; }

    /// <summary>Units that failed.</summary>
    public int Errors { get; init; }
}

/// <summary>A unit that failed.</summary>
internal sealed record ErrorView(string Arm, string Problem, int Sample, string Finished, string Text);

/// <summary>A sample of a problem; per finished arm its place in the list of arms and its verdict's.</summary>
internal sealed record RecentView(string Problem, int Sample, IReadOnlyList<int[]> Units);
