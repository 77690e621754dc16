using CognitiveTools.Reasoners;

namespace CognitiveTools.Evals.Runs;

/// <summary>A tool call as a unit's record lists it; its texts are in the transcript.</summary>
/// <param name="Tool">The tool's name as the model wrote it.</param>
/// <param name="Outcome">What came of it.</param>
/// <param name="Positions">Positions it spent.</param>
/// <param name="Ms">Wall time in milliseconds.</param>
public sealed record CallRecord(string Tool, string Outcome, long Positions, double Ms)
{
    /// <summary>Copies a step of a trace.</summary>
    public static CallRecord From(Called call) =>
        new(call.Tool, call.Outcome, call.Usage.Positions, Math.Round(call.Usage.Elapsed.TotalMilliseconds, 3));
}
