using System.Text.Json.Serialization;
using CognitiveTools.Answers.Scoring;
using CognitiveTools.Calls;
using CognitiveTools.Evals.Runs;

namespace CognitiveTools.Evals.Summaries;

/// <summary>Counts of one arm's calls of one tool, by outcome.</summary>
internal sealed record ToolSummary
{
    /// <summary>The arm.</summary>
    public required string Arm { get; init; }

    /// <summary>The tool's name as the model wrote it.</summary>
    public required string Tool { get; init; }

    /// <summary>Calls found in the model's text.</summary>
    public required int Calls { get; init; }

    /// <summary>Calls whose output kept the tool's contract.</summary>
    [JsonPropertyName("contract_kept")]
    public required int Kept { get; init; }

    /// <summary>Calls whose output broke it.</summary>
    [JsonPropertyName("contract_broken")]
    public required int Broken { get; init; }

    /// <summary>Calls whose output a limit cut.</summary>
    public required int Truncated { get; init; }

    /// <summary>Calls that were refused or gave nothing.</summary>
    public required int Refused { get; init; }

    /// <summary>Calls about which something was repaired, ignored or cut.</summary>
    public required int Noted { get; init; }

    /// <summary>Outputs that contain the reference answer.</summary>
    [JsonPropertyName("gold_in_output")]
    public required int GoldSeen { get; init; }

    /// <summary>Right answers before the call that were right in the end.</summary>
    public required int RightRight { get; init; }

    /// <summary>Right answers before the call that were not in the end.</summary>
    public required int RightWrong { get; init; }

    /// <summary>Wrong answers before the call that were right in the end.</summary>
    public required int WrongRight { get; init; }

    /// <summary>Wrong answers before the call that were not right in the end.</summary>
    public required int WrongWrong { get; init; }

    /// <summary>Wrong answers that the verdict rejected.</summary>
    public required int WrongRejected { get; init; }

    /// <summary>Wrong answers that it accepted.</summary>
    public required int WrongAccepted { get; init; }

    /// <summary>Right answers that it rejected.</summary>
    public required int RightRejected { get; init; }

    /// <summary>Right answers that it accepted.</summary>
    public required int RightAccepted { get; init; }

    /// <summary>Of the answers rejected, the share that was wrong; NaN if no answer was rejected.</summary>
    [JsonPropertyName("verdict_precision")]
    public double Precision => Share(WrongRejected, WrongRejected + RightRejected);

    /// <summary>Of the wrong answers judged, the share that was rejected; NaN if no answer was wrong.</summary>
    [JsonPropertyName("verdict_recall")]
    public double Recall => Share(WrongRejected, WrongRejected + WrongAccepted);

    /// <summary>The calls of a run by arm and tool, in the arms' order.</summary>
    internal static IReadOnlyList<ToolSummary> Of(RunResult run) =>
    [
        .. from arm in run.Header.Suite.Arms
           from tool in run.Units.Where(u => u.Arm == arm.Name)
               .SelectMany(u => u.Calls.Select(call => (Unit: u, Call: call)))
               .GroupBy(c => c.Call.Tool, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal)
           select Of(arm.Name, tool.Key, [.. tool]),
    ];

    private static ToolSummary Of(string arm, string tool, (UnitRecord Unit, CallRecord Call)[] calls)
    {
        int Outcome(params CallOutcome[] outcomes) => calls.Count(c => outcomes.Any(o => c.Call.Outcome == o.ToString()));
        int Flip(bool before, bool after) =>
            calls.Count(c => c.Call.BeforeCorrect == before && c.Unit.Status == SampleStatus.Correct == after);
        int Verdict(bool right, bool accepts) => calls.Count(c => c.Call.BeforeCorrect == right && c.Call.Accepts == accepts);
        return new ToolSummary
        {
            Arm = arm,
            Tool = tool,
            Calls = calls.Length,
            Kept = Outcome(CallOutcome.Answered),
            Broken = Outcome(CallOutcome.ContractBroken),
            Truncated = Outcome(CallOutcome.Truncated),
            Refused = Outcome(CallOutcome.Refused, CallOutcome.TimedOut),
            Noted = calls.Count(c => c.Call.Noted),
            GoldSeen = calls.Count(c => c.Call.GoldSeen),
            RightRight = Flip(before: true, after: true),
            RightWrong = Flip(before: true, after: false),
            WrongRight = Flip(before: false, after: true),
            WrongWrong = Flip(before: false, after: false),
            WrongRejected = Verdict(right: false, accepts: false),
            WrongAccepted = Verdict(right: false, accepts: true),
            RightRejected = Verdict(right: true, accepts: false),
            RightAccepted = Verdict(right: true, accepts: true),
        };
    }

    private static double Share(int part, int whole) => whole == 0 ? double.NaN : (double)part / whole;
}
