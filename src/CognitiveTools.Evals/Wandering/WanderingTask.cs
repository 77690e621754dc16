namespace CognitiveTools.Evals.Wandering;

/// <summary>A search to be written out line by line; <see cref="WanderingTasks.Parse"/> reads its one-line specification.</summary>
internal abstract record WanderingTask(string Name, string Specification)
{
    /// <summary>The problem as the solver sees it, the form of the trace included.</summary>
    public abstract string Text { get; }

    /// <summary>The exact answer.</summary>
    public abstract int Answer { get; }

    /// <summary>Every goal with the number of right steps that lead to it from the start.</summary>
    public abstract IReadOnlyDictionary<string, int> Goals { get; }

    /// <summary>A trace that does everything and nothing twice, without END and answer.</summary>
    public abstract IReadOnlyList<string> PerfectTrace { get; }

    /// <summary>The perfect response: trace, END, answer.</summary>
    public string PerfectResponse => string.Join('\n', [.. PerfectTrace, TraceChecker.End, $"ANSWER: {Answer}"]);

    /// <summary>How every text ends.</summary>
    protected const string Closing = "Write one line per step and nothing else, then a line END, then a line 'ANSWER: ' and the number.";

    internal abstract TraceSimulator Begin();
}
