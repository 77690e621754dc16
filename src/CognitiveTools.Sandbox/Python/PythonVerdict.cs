using System.Text.Json;
using CognitiveTools.Code;
using CognitiveTools.Sandbox.Running;

namespace CognitiveTools.Sandbox.Python;

/// <summary>Reads how a Python process ended: from its status line, or from its exit code when it wrote none.</summary>
/// <remarks>The program can write a status line of its own. It can lie about itself in no other way than by printing a lie.</remarks>
internal static class PythonVerdict
{
    private const int SignalBase = 128;
    private const int Killed = SignalBase + 9;
    private const int Segfault = SignalBase + 11;
    private const int CpuTime = SignalBase + 24;

    public static CodeResult Of(Func<CodeOutcome, CodeResult> end, CodeLimits limits, int exitCode, string status)
    {
        if (Parse(end, limits, status) is { } stated)
            return stated;

        return exitCode switch
        {
            0 => end(CodeOutcome.Completed),
            CpuTime => TimedOut(end, limits),
            Killed => Failed(end, "The process was killed by the system (signal 9): it ignored its time limit, or memory ran out.",
                line: null),
            Segfault => Failed(end, "The interpreter crashed (signal 11), most often because calls were nested too deep.", line: null),
            > SignalBase => Failed(end, $"The process was ended by signal {exitCode - SignalBase}.", line: null),
            _ => Failed(end,
                $"The process ended with exit code {exitCode}. {CappedOutput.Cap(status.Trim(), limits.OutputCharacters).Text}".TrimEnd(),
                line: null),
        };
    }

    public static CodeResult TimedOut(Func<CodeOutcome, CodeResult> end, CodeLimits limits) =>
        Hit(end, LimitNames.Time, $"the program ran for more than {limits.WallTime.TotalSeconds} s.");

    public static CodeResult Hit(Func<CodeOutcome, CodeResult> end, string limit, string reason) =>
        end(CodeOutcome.LimitHit) with { Limit = limit, Reason = reason };

    public static CodeResult Refused(Func<CodeOutcome, CodeResult> end, string reason) =>
        end(CodeOutcome.Refused) with { Reason = reason };

    private static CodeResult Failed(Func<CodeOutcome, CodeResult> end, string reason, int? line) =>
        end(CodeOutcome.Failed) with { Reason = reason, Line = line };

    private static CodeResult? Parse(Func<CodeOutcome, CodeResult> end, CodeLimits limits, string status)
    {
        try
        {
            using var json = JsonDocument.Parse(status);
            if (json.RootElement.ValueKind != JsonValueKind.Object)
                return null;

            var message = Text(json, "message") ?? "unknown error";
            return Text(json, "outcome") switch
            {
                "completed" => Completed(end(CodeOutcome.Completed), Text(json, "value"), limits),
                "failed" => Failed(end, CappedOutput.Cap(message, limits.OutputCharacters).Text, Number(json, "line")),
                "refused" =>
                    Refused(end, $"The limits could not be set: {message}. Run on a host that allows setrlimit, or use JavaScript."),
                "limit" => Text(json, "limit") switch
                {
                    LimitNames.Memory => Hit(end, LimitNames.Memory, $"the program needs more than {limits.MemoryBytes} bytes."),
                    LimitNames.Recursion => Hit(end, LimitNames.Recursion, $"calls are nested more than {limits.RecursionDepth} deep."),
                    LimitNames.FileSize => Hit(end, LimitNames.FileSize, $"a file grew beyond {limits.FileBytes} bytes."),
                    _ => null,
                },
                _ => null,
            };
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static CodeResult Completed(CodeResult result, string? value, CodeLimits limits)
    {
        if (value is null)
            return result;
        var (text, cut) = CappedOutput.Cap(value, limits.OutputCharacters);
        return result with { Value = text, OutputCut = result.OutputCut || cut };
    }

    private static string? Text(JsonDocument json, string name) =>
        json.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static int? Number(JsonDocument json, string name) =>
        json.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
            && value.TryGetInt32(out var number) ? number : null;
}
