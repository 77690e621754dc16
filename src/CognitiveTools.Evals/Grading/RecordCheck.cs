using System.Text.Json;
using CognitiveTools.Answers.Reading;
using CognitiveTools.Answers.Scoring;
using CognitiveTools.Evals.Problems;
using CognitiveTools.Evals.Runs;

namespace CognitiveTools.Evals.Grading;

/// <summary>
/// Checks the stored records of a run against their sources: the problems as they were asked and the transcripts, which
/// are named by their hash. This finds a verdict that was changed in <c>units.jsonl</c>.
/// </summary>
internal static class RecordCheck
{
    /// <summary>Checks units. Times and retries are in the record only and are not checked.</summary>
    /// <returns>Those whose record does not follow, each with the reason.</returns>
    /// <exception cref="InvalidDataException">A transcript or the problem file of the run is missing or damaged.</exception>
    /// <exception cref="ArgumentException">The run's kind of answer is unknown.</exception>
    public static IEnumerable<(UnitRecord Unit, string Difference)> Of(RunResult run, IEnumerable<UnitRecord> units)
    {
        var answers = run.Header.Suite.Answers;
        var problems = RunFiles.ReadProblems(run.Directory);
        return units.Select(unit => (unit, Difference(run, unit, problems.GetValueOrDefault(unit.Problem), answers)))
            .Where(pair => pair.Item2 is not null)
            .Select(pair => (pair.unit, pair.Item2!));
    }

    /// <summary>Whether this version reads answers as the run did; only then can verdicts be compared.</summary>
    public static bool CanCheck(RunResult run) => run.Header.Suite.Answers.Version == run.Header.Suite.AnswersVersion;

    private static string? Difference(RunResult run, UnitRecord unit, Problem? problem, IAnswerKind answers)
    {
        if (problem is not null && problem.Answer != unit.Gold)
            return $"its reference answer is '{unit.Gold}', the run's problems.jsonl says '{problem.Answer}'";
        if (run.TranscriptOf(unit) is not { } transcript)
        {
            var due = unit.Missing ? SampleStatus.NoAnswer : SampleStatus.Error;
            return unit.Status == due
                ? null
                : $"it has no transcript, so it can only be {RunFormat.NameOf(due)}, not {RunFormat.NameOf(unit.Status)}";
        }

        var asked = new Problem(unit.Problem, transcript.Question, unit.Gold) { Cluster = unit.Cluster };
        var made = UnitRecord.Of(unit.Key, unit.Seed, asked, transcript.Reasoning, answers);
        if ((made.Status, made.Answer) != (unit.Status, unit.Answer))
            return $"it says {Verdict(unit)}, its transcript {Verdict(made)}";
        made = made with
        {
            Version = unit.Version,
            Calls = CallRecord.WithTimes(made.Calls, unit.Calls),
            Ms = unit.Ms,
            Stop = unit.Stop,
            Transcript = unit.Transcript,
            Retries = unit.Retries,
            FromCache = unit.FromCache,
            Finished = unit.Finished,
        };
        return Json(made) == Json(unit) ? null : "its flags, tool calls or positions are not those of its transcript";
    }

    private static string Verdict(UnitRecord unit) =>
        unit.Answer is { } answer ? $"{RunFormat.NameOf(unit.Status)} '{answer}'" : RunFormat.NameOf(unit.Status);

    private static string Json(UnitRecord unit) => JsonSerializer.Serialize(unit, RunFormat.Line<UnitRecord>());
}
