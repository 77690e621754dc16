using System.Text.Json.Serialization;
using CognitiveTools.Answers.Reading;
using CognitiveTools.Answers.Scoring;
using CognitiveTools.Evals.Problems;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Evals.Runs;

/// <summary>One line of <c>units.jsonl</c>: a finished unit. New fields may be added; a changed meaning raises the version.</summary>
public sealed record UnitRecord
{
    /// <summary>The version this code writes.</summary>
    public const int CurrentVersion = 1;

    /// <summary>Schema version.</summary>
    [JsonPropertyName("v")]
    public int Version { get; init; } = CurrentVersion;

    /// <summary>The problem's id.</summary>
    public required string Problem { get; init; }

    /// <summary>The arm's name.</summary>
    public required string Arm { get; init; }

    /// <summary>Zero-based sample index.</summary>
    public required int Sample { get; init; }

    /// <summary>The seed the reasoner was given.</summary>
    public required int Seed { get; init; }

    /// <summary>The verdict.</summary>
    public required SampleStatus Status { get; init; }

    /// <summary>The normalised answer, or <see langword="null"/> if it is missing.</summary>
    public string? Answer { get; init; }

    /// <summary>The reference answer.</summary>
    public required string Gold { get; init; }

    /// <summary>The problem's cluster; <see langword="null"/> when problems are independent.</summary>
    public string? Cluster { get; init; }

    /// <summary>Where the answer was found.</summary>
    public AnswerRule Rule { get; init; }

    /// <summary>Two answer markers disagreed.</summary>
    public bool Conflict { get; init; }

    /// <summary>A marker's text that could not be read.</summary>
    public string? Unreadable { get; init; }

    /// <summary>A think block was never closed.</summary>
    public bool OpenThoughts { get; init; }

    /// <summary>A limit cut the text after its answer.</summary>
    public bool CutAfterAnswer { get; init; }

    /// <summary>The visible text contains the reference answer, but it was not read as the answer.</summary>
    public bool GoldSeenUnextracted { get; init; }

    /// <summary>The reference answer is only in thoughts.</summary>
    public bool GoldSeenInThoughts { get; init; }

    /// <summary>The answer is not an integer from 0 to 999; recorded for integer answers only.</summary>
    public bool OutsideAimeRange { get; init; }

    /// <summary>Answer and reference could only be compared as texts.</summary>
    public bool ComparedAsText { get; init; }

    /// <summary>The text ended by itself, but its count of tokens looks like a limit.</summary>
    public bool CountLooksLikeLimit { get; init; }

    /// <summary>
    /// The reference answer is where the text concludes (the answer's own line and what follows it; without an answer the last
    /// line) but was not read as the answer. Elsewhere in a text that may be a coincidence; here it deserves a check.
    /// </summary>
    public bool GoldConcluded { get; init; }

    /// <summary>The graded responses lack this unit: it counts as one without an answer.</summary>
    public bool Missing { get; init; }

    /// <summary>Positions spent.</summary>
    public required Usage Usage { get; init; }

    /// <summary>Wall time in milliseconds, queueing in the engine included.</summary>
    public double Ms { get; init; }

    /// <summary>Tool calls in the order of the trace.</summary>
    [JsonInclude]
    internal IReadOnlyList<CallRecord> Calls { get; init; } = [];

    /// <summary>Latent thoughts in the trace.</summary>
    public int Thoughts { get; init; }

    /// <summary>
    /// Solves of the question that the result was chosen from: samples of a vote, latent trajectories; 0 for a single one.
    /// </summary>
    public int Branches { get; init; }

    /// <summary>Of these, those with the right answer.</summary>
    public int BranchesCorrect { get; init; }

    /// <summary>Of problems with several right answers: what these solves found; <see langword="null"/> elsewhere.</summary>
    [JsonInclude]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    internal FoundAnswers? Found { get; init; }

    /// <summary>The thoughts compared with greedy decoding; <see langword="null"/> when they were not.</summary>
    public Agreement? Greedy { get; init; }

    /// <summary>Why the solve ended, as <see cref="Reasoners.StopReason"/> names it; <see langword="null"/> when it threw.</summary>
    public string? Stop { get; init; }

    /// <summary>Names of the limits that were hit.</summary>
    public IReadOnlyList<string> LimitsHit { get; init; } = [];

    /// <summary>What went wrong.</summary>
    public string? Error { get; init; }

    /// <summary>SHA-256 of the stored transcript; <see langword="null"/> when the solve threw.</summary>
    public string? Transcript { get; init; }

    /// <summary>Requests that were sent again after a transport fault.</summary>
    public int Retries { get; init; }

    /// <summary>Whether the unit was taken from a cache instead of being run; its times are those of the run that made it.</summary>
    public bool FromCache { get; init; }

    /// <summary>When the unit was finished.</summary>
    public DateTimeOffset Finished { get; init; }

    /// <summary>The unit this is the record of.</summary>
    [JsonIgnore]
    internal UnitKey Key => new(Problem, Arm, Sample);

    /// <summary>A record without the parts that only its runner knows: times, transcript, end.</summary>
    internal static UnitRecord Of(UnitKey key, int seed, Problem problem, Reasoning reasoning, IAnswerKind answers) => new UnitRecord
    {
        Problem = key.Problem,
        Arm = key.Arm,
        Sample = key.Sample,
        Seed = seed,
        Status = SampleStatus.Error,
        Gold = problem.Answer,
        Cluster = problem.Cluster,
        Usage = reasoning.Usage with { Elapsed = TimeSpan.Zero },
        Calls = CallRecord.Of(reasoning, problem, answers),
        Thoughts = reasoning.Steps.OfType<Thought>().Count(),
        Branches = reasoning.Steps.OfType<Branch>().Count(),
        Greedy = reasoning.Steps.OfType<Agreement>().SingleOrDefault(),
        LimitsHit = reasoning.LimitsHit,
    }.With(Scorer.Score(problem.Answer, reasoning, answers));

    /// <summary>The record with another verdict.</summary>
    internal UnitRecord With(SampleScore score) => this with
    {
        Status = score.Status,
        Answer = score.Extraction.Answer,
        Rule = score.Extraction.Rule,
        Conflict = score.Extraction.Conflict,
        Unreadable = score.Extraction.Unreadable,
        OpenThoughts = score.Extraction.OpenThoughts,
        CutAfterAnswer = score.CutAfterAnswer,
        GoldSeenUnextracted = score.GoldSeenUnextracted,
        GoldSeenInThoughts = score.GoldSeenInThoughts,
        GoldConcluded = score.GoldConcluded,
        OutsideAimeRange = score.Extraction.OutsideAimeRange,
        ComparedAsText = score.ComparedAsText,
        CountLooksLikeLimit = score.CountLooksLikeLimit,
        BranchesCorrect = score.BranchesCorrect,
        Found = score.Found,
        Error = score.Error,
    };
}
