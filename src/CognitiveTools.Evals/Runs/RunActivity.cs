namespace CognitiveTools.Evals.Runs;

/// <summary>What a run's workers do at a moment, for those who watch: <c>activity.json</c>, which nothing else reads.</summary>
/// <param name="Written">The moment.</param>
/// <param name="Workers">The workers.</param>
/// <param name="Units">Units in progress, those that began first, at most <see cref="MostUnits"/>.</param>
internal sealed record RunActivity(
    DateTimeOffset Written, IReadOnlyList<WorkerActivity> Workers, IReadOnlyList<UnitActivity> Units)
{
    /// <summary>Units whose text is written at most.</summary>
    public const int MostUnits = 12;
}

/// <summary>A worker of a run.</summary>
/// <param name="Name">Its name.</param>
/// <param name="InProgress">Units that it has.</param>
/// <param name="Finished">Units that it has finished since it began.</param>
internal sealed record WorkerActivity(string Name, int InProgress, int Finished);

/// <summary>A unit in progress.</summary>
/// <param name="Problem">The problem's id.</param>
/// <param name="Arm">The arm's name.</param>
/// <param name="Sample">Zero-based sample index.</param>
/// <param name="Seconds">Since it began.</param>
/// <param name="LeftOut">Characters before the parts.</param>
/// <param name="Parts">The end of what it has produced.</param>
internal sealed record UnitActivity(
    string Problem, string Arm, int Sample, double Seconds, int LeftOut, IReadOnlyList<TextPart> Parts);

/// <summary>A part of a unit's text.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Sample">Zero-based number of the sample or trajectory that said it; <see langword="null"/> when there is only one.</param>
/// <param name="Text">The text; empty for latent steps.</param>
/// <param name="Count">How many latent steps; 0 of text.</param>
internal sealed record TextPart(TextPartKind Kind, int? Sample, string Text, int Count);

/// <summary>What a part of a unit's text is.</summary>
internal enum TextPartKind
{
    /// <summary>Visible text.</summary>
    Said,

    /// <summary>Text that the client returned as thought.</summary>
    Thought,

    /// <summary>A call of a tool, with what it returned.</summary>
    Called,

    /// <summary>Latent steps.</summary>
    Latent,
}
