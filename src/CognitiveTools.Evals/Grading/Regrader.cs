using CognitiveTools.Answers.Reading;
using CognitiveTools.Answers.Scoring;
using CognitiveTools.Evals.Problems;
using CognitiveTools.Evals.Runs;

namespace CognitiveTools.Evals.Grading;

/// <summary>Judges a stored run again, from its transcripts alone. The run itself is never changed.</summary>
internal static class Regrader
{
    /// <summary>Judges every unit that has a transcript; units that threw have no transcript and stay as they are.</summary>
    /// <exception cref="InvalidDataException">A transcript is missing or damaged.</exception>
    /// <exception cref="ArgumentException">A reference answer is not of the kind.</exception>
    public static Regrading Regrade(RunResult run, IAnswerKind answers)
    {
        var units = run.Units.Select(unit => run.TranscriptOf(unit) is { } transcript ? Judge(unit, transcript, answers) : unit).ToArray();
        var suite = run.Header.Suite with { Answers = answers, AnswersVersion = answers.Version };
        var header = run.Header with
        {
            Suite = suite,
            Facts = run.Header.Facts is { } facts ? facts with { Answers = new(answers.Name, answers.Version) } : null,
            Origin = $"run {run.Header.Id}, graded again by {answers.Name} version {answers.Version}",
        };
        return new Regrading(
            run with { Header = header, Units = units },
            [
                .. run.Units.Zip(units, (before, after) => new RegradedUnit(before, after))
                    .Where(unit => Differ(unit.Before, unit.After)),
            ]);
    }

    /// <summary>Stores a regraded run in a directory of its own, its transcripts included.</summary>
    /// <exception cref="InvalidOperationException">The directory holds a run.</exception>
    /// <exception cref="IOException">The disk is full or failed.</exception>
    public static async Task<RunResult> StoreAsync(Regrading regrading, string directory, TimeProvider time)
    {
        if (RunFiles.ReadHeader(directory) is not null)
            throw new InvalidOperationException($"'{directory}' holds a run already. Choose another directory with --out.");
        var (from, run) = (new TranscriptStore(regrading.Run.Directory), regrading.Run);
        using var log = RunLog.Open(directory, run.Header with { Sessions = [] }, time);
        if (RunFiles.ReadProblems(run.Directory) is { Count: > 0 } problems)
            RunFiles.WriteProblems(directory, run.Header.ProblemIds.Select(id => problems[id]));
        foreach (var unit in run.Units)
        {
            if (unit.Transcript is { } hash)
                log.Store(from.Load(hash));
            await log.AppendAsync(unit);
        }

        return run with { Directory = directory };
    }

    private static UnitRecord Judge(UnitRecord unit, StoredTranscript transcript, IAnswerKind answers)
    {
        var problem = new Problem(unit.Problem, transcript.Question, unit.Gold);
        EvalRun.RefuseAnswersOfOtherKind([problem], answers);
        return unit.With(Scorer.Score(problem.Answer, transcript.Reasoning, answers)) with
        {
            Calls = CallRecord.WithTimes(CallRecord.Of(transcript.Reasoning, problem, answers), unit.Calls),
        };
    }

    private static bool Differ(UnitRecord before, UnitRecord after) =>
        before.Status != after.Status || before.Answer != after.Answer || before.Rule != after.Rule;
}
