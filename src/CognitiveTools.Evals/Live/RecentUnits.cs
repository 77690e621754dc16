using CognitiveTools.Answers.Scoring;
using CognitiveTools.Evals.Runs;

namespace CognitiveTools.Evals.Live;

/// <summary>One sample of a problem with the records of the arms that finished it.</summary>
internal sealed record RecentProblem(string Problem, int Sample, Dictionary<string, UnitRecord> Arms);

/// <summary>The units that finished last, by problem and sample, and the errors that came last.</summary>
internal sealed class RecentUnits
{
    /// <summary>Problems that are kept.</summary>
    public const int MostProblems = 24;

    /// <summary>Errors that are kept.</summary>
    public const int MostErrors = 12;

    private readonly List<RecentProblem> _problems = [];
    private readonly List<UnitRecord> _errors = [];

    /// <summary>The newest first.</summary>
    public IReadOnlyList<RecentProblem> Problems => _problems;

    /// <summary>The newest first.</summary>
    public IReadOnlyList<UnitRecord> Errors => _errors;

    /// <summary>Adds a record; a later one of the same unit replaces the earlier.</summary>
    public void Add(UnitRecord record)
    {
        var index = _problems.FindIndex(p => p.Problem == record.Problem && p.Sample == record.Sample);
        var problem = index < 0
            ? new RecentProblem(record.Problem, record.Sample, new(StringComparer.Ordinal))
            : _problems[index];
        if (index >= 0)
            _problems.RemoveAt(index);
        problem.Arms[record.Arm] = record;
        Insert(_problems, problem, MostProblems);

        _errors.RemoveAll(error => error.Key == record.Key);
        if (record.Status == SampleStatus.Error)
            Insert(_errors, record, MostErrors);
    }

    /// <summary>The record of a unit, if it is among those kept.</summary>
    public UnitRecord? Find(UnitKey key) =>
        _problems.Find(p => p.Problem == key.Problem && p.Sample == key.Sample)?.Arms.GetValueOrDefault(key.Arm);

    private static void Insert<T>(List<T> list, T item, int most)
    {
        list.Insert(0, item);
        if (list.Count > most)
            list.RemoveAt(most);
    }
}
