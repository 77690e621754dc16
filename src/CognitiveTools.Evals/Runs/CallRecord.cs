using System.Text.Json;
using CognitiveTools.Answers.Reading;
using CognitiveTools.Evals.Problems;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Evals.Runs;

/// <summary>A tool call as a unit's record lists it; its texts are in the transcript.</summary>
/// <param name="Tool">The tool's name as the model wrote it.</param>
/// <param name="Outcome">Its outcome.</param>
/// <param name="Positions">Positions it spent; <see langword="null"/> when that is not fully known.</param>
/// <param name="Ms">Wall time in milliseconds.</param>
internal sealed record CallRecord(string Tool, string Outcome, long? Positions, double Ms)
{
    /// <summary>Whether something about the call or its output was repaired, ignored, cut or broken.</summary>
    public bool Noted { get; init; }

    /// <summary>Whether the output contains the reference answer. For a tool that must not answer, that is a leak.</summary>
    public bool GoldSeen { get; init; }

    /// <summary>Whether the tool's verdict accepts what it judged; <see langword="null"/> without a verdict.</summary>
    public bool? Accepts { get; init; }

    /// <summary>
    /// The answer that the model had before the call, normalised: the one it gave to the tool to judge, else the one its text so far
    /// gives; <see langword="null"/> without an answer.
    /// </summary>
    public string? Before { get; init; }

    /// <summary>Whether that answer is right; <see langword="null"/> without an answer.</summary>
    public bool? BeforeCorrect { get; init; }

    private const string Proposed = "current_proposed_answer";

    /// <summary>The calls of a trace.</summary>
    internal static IReadOnlyList<CallRecord> Of(Reasoning reasoning, Problem problem, IAnswerKind answers)
    {
        var said = new List<string>();
        var calls = new List<CallRecord>();
        foreach (var step in reasoning.Steps)
        {
            if (step is Said text)
                said.Add(text.Text);
            if (step is not Called call)
                continue;
            var before = Handed(call, answers) ?? answers.Extract(string.Join('\n', said)).Answer;
            var usage = call.Usage;
            var positions = usage.Incomplete ? (long?)null : usage.Positions;
            calls.Add(new CallRecord(call.Tool, call.Outcome, positions, Math.Round(usage.Elapsed.TotalMilliseconds, 3))
            {
                Noted = call.Notes.Count > 0,
                GoldSeen = answers.Mentions(call.Observation, problem.Answer),
                Accepts = call.Accepts,
                Before = before,
                BeforeCorrect = before is null ? null : answers.Matches(before, problem.Answer),
            });
        }

        return calls;
    }

    /// <summary>Calls read from a transcript, which has no times, with those of the unit's record.</summary>
    internal static IReadOnlyList<CallRecord> WithTimes(IReadOnlyList<CallRecord> calls, IReadOnlyList<CallRecord> timed) =>
        [.. calls.Select((call, i) => i < timed.Count ? call with { Ms = timed[i].Ms } : call)];

    private static string? Handed(Called call, IAnswerKind answers)
    {
        try
        {
            using var arguments = JsonDocument.Parse(call.Arguments);
            return arguments.RootElement.ValueKind == JsonValueKind.Object
                && arguments.RootElement.TryGetProperty(Proposed, out var proposed)
                && proposed.ValueKind == JsonValueKind.String
                ? answers.NormalizeGold(proposed.GetString()!) ?? answers.Extract(proposed.GetString()!).Answer
                : null;
        }
        catch (JsonException)
        {
            return null; // a refused call may hold anything
        }
    }
}
