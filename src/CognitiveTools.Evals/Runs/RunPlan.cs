namespace CognitiveTools.Evals.Runs;

/// <summary>The order of work.</summary>
internal static class RunPlan
{
    /// <summary>
    /// All units by sample, then problem, then arm: an unfinished run has whole samples of most problems with all arms side by
    /// side, and more samples can follow a finished one.
    /// </summary>
    public static IEnumerable<UnitKey> Keys(RunHeader header) =>
        from sample in Enumerable.Range(0, header.Suite.Samples)
        from problem in header.ProblemIds
        from arm in header.Suite.Arms
        select new UnitKey(problem, arm.Name, sample);
}
