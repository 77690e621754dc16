namespace CognitiveTools.Evals.Wandering;

/// <summary>What a trace is worth.</summary>
/// <param name="Lines">Trace lines read; prose between them is skipped.</param>
/// <param name="Ended">Whether there is a line END.</param>
/// <param name="Faults">The faults in the order of the lines.</param>
/// <param name="Removable">Lines that could be left out: repetitions of what was done.</param>
/// <param name="Reached">The goals reached by right moves.</param>
/// <param name="Goals">Every goal of the task with the steps that lead to it.</param>
internal sealed record TraceReport(
    int Lines,
    bool Ended,
    IReadOnlyList<TraceFault> Faults,
    int Removable,
    IReadOnlySet<string> Reached,
    IReadOnlyDictionary<string, int> Goals)
{
    /// <summary>Validity: every move follows the rules. Waste and a wrong conclusion do not count here.</summary>
    public bool Valid => Lines > 0 && Faults.All(fault => fault.Kind
        is TraceFaultKind.StateRevisitation or TraceFaultKind.InfiniteSelfLoop or TraceFaultKind.UnfaithfulConclusion);

    /// <summary>Effectiveness: at least one goal was reached.</summary>
    public bool Effective => Reached.Count > 0;

    /// <summary>Necessity: no line can be left out.</summary>
    public bool Necessary => Lines > 0 && Removable == 0;

    /// <summary>Share of the goals reached; 1 without goals.</summary>
    public double Coverage => Goals.Count == 0 ? 1 : (double)Reached.Count / Goals.Count;

    /// <summary>Removable lines over lines; 0 for an empty trace.</summary>
    public double Redundancy => Lines == 0 ? 0 : (double)Removable / Lines;

    /// <summary>Line of the first fault; <see langword="null"/> if it is missing.</summary>
    public int? FirstFault => Faults.Count == 0 ? null : Faults.Min(fault => fault.Line);
}
