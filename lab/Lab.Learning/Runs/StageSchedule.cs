using System.Text.Json.Nodes;

namespace CognitiveTools.Lab.Learning.Runs;

/// <summary>Where another run's stages ended, read from its log, which may still be growing.</summary>
/// <param name="log">The log.</param>
internal sealed class StageSchedule(string log)
{
    /// <summary>Whether the other run had ended a stage after so many problems.</summary>
    /// <exception cref="InvalidOperationException">The other run has not come so far.</exception>
    public bool Ends(int stage, long seen)
    {
        if (!File.Exists(log))
            throw new FileNotFoundException($"There is no log '{log}', which the course follows. Run its sibling first.", log);
        var reports = File.ReadLines(log).Select(static line => JsonNode.Parse(line)!.AsObject())
            .Where(static report => report.ContainsKey("stage")).ToArray();
        var ended = Array.Find(reports, report => report["stage"]!.GetValue<int>() == stage && report.ContainsKey("ended"));
        if (ended is not null)
            return seen >= ended["problems"]!.GetValue<long>();
        return reports is [.., var last] && last["problems"]!.GetValue<long>() >= seen
            ? false
            : throw new InvalidOperationException(
                $"'{log}' has not come to {seen} problems. Let its run go on, then continue this one with --resume.");
    }
}
