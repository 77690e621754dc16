using System.Text.Json;
using CognitiveTools.Evals.Problems;
using CognitiveTools.Evals.Runs;

namespace CognitiveTools.Evals.Reports;

/// <summary>Problems and units by column: at 20,000 units the names of their keys alone would be megabytes.</summary>
internal static class ReportColumns
{
    // Enough of a transcript's hash to find its file.
    private const int HashDigits = 16;

    // Parts the names of tools, which a model may write with any character that people use.
    private const char Between = '\u001f';

    public static void WriteProblems(Utf8JsonWriter json, ReportSource source)
    {
        var topics = new StringTable();
        json.WriteStartObject("problems");
        Texts(json, "id", source.Problems.Select(p => p.Id));
        Texts(json, "gold", source.Problems.Select(p => p.Answer));
        Numbers(json, "topic", source.Problems.Select(p => topics.Add(p.Topic)));
        Numbers(json, "year", source.Problems.Select(p => ContestYear.Of(p)?.Year ?? 0));
        json.WriteEndObject();
        Texts(json, "topics", topics.Texts);
    }

    public static void WriteUnits(Utf8JsonWriter json, ReportSource source, ReportTranscripts transcripts)
    {
        var units = source.Run.Units;
        var (answers, calls, flags) = (new StringTable(), new StringTable(), new StringTable());
        json.WriteStartObject("units");
        Numbers(json, "problem", units.Select(u => source.ProblemIndex[u.Problem]));
        Numbers(json, "arm", units.Select(u => source.ArmIndex[u.Arm]));
        Numbers(json, "sample", units.Select(u => u.Sample));
        Numbers(json, "status", units.Select(u => (int)u.Status));
        Numbers(json, "answer", units.Select(u => answers.Add(u.Answer)));
        Numbers(json, "positions", units.Select(u => u.Usage.Known(usage => usage.Positions)));
        Numbers(json, "visible", units.Select(u => u.Usage.Known(usage => usage.Generated - usage.ThoughtTokens)));
        Numbers(json, "thinking", units.Select(u => u.Usage.Known(usage => usage.AllThoughtTokens)));
        Numbers(json, "ms", units.Select(u => (long?)Math.Round(u.Ms)));
        Numbers(json, "thoughts", units.Select(u => u.Thoughts));
        Numbers(json, "calls", units.Select(u => u.Calls.Count == 0 ? -1 : calls.Add(string.Join(Between, u.Calls.Select(c => c.Tool)))));
        Numbers(json, "flags", units.Select(u => flags.Add(Flags(u))));
        Texts(json, "transcript", units.Select(u => transcripts.Contains(u) ? "" : Start(u.Transcript)));
        json.WriteEndObject();
        Texts(json, "answers", answers.Texts);
        json.WriteStartArray("calls");
        foreach (var names in calls.Texts)
        {
            json.WriteStartArray();
            foreach (var name in names.Split(Between))
                json.WriteStringValue(name);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        Texts(json, "flags", flags.Texts);
    }

    private static string? Flags(UnitRecord unit)
    {
        List<string> flags = [.. unit.LimitsHit.Select(l => "limit " + l)];
        if (unit.Usage.Incomplete)
            flags.Add(unit.Usage.IsMissing ? "usage missing" : $"usage incomplete, at least {unit.Usage.Positions} positions");
        if (unit.ComparedAsText)
            flags.Add("compared as text only");
        if (unit.CountLooksLikeLimit)
            flags.Add("token count looks like a limit");
        if (unit.Conflict)
            flags.Add("two answers conflict, the later was taken");
        if (unit.Unreadable is { } unreadable)
            flags.Add($"unreadable answer '{unreadable}'");
        if (unit.OpenThoughts)
            flags.Add("its think block was never closed");
        if (unit.Missing)
            flags.Add("the responses lack it");
        if (unit.GoldConcluded)
            flags.Add("states the reference answer where it concludes, but it was not what was read");
        else if (unit.GoldSeenUnextracted)
            flags.Add("names the reference answer without giving it");
        if (unit.GoldSeenInThoughts)
            flags.Add("the reference answer is only in thoughts");
        if (unit.CutAfterAnswer)
            flags.Add("cut after its answer");
        if (unit.Error is { } error)
            flags.Add("error: " + error);
        return flags.Count == 0 ? null : string.Join("; ", flags);
    }

    public static void Texts(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }

    private static string Start(string? hash) => hash?[..Math.Min(HashDigits, hash.Length)] ?? "";

    private static void Numbers(Utf8JsonWriter json, string name, IEnumerable<int> values) =>
        Numbers(json, name, values.Select(v => (long?)v));

    // What is not known is null.
    private static void Numbers(Utf8JsonWriter json, string name, IEnumerable<long?> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            if (value is { } known)
                json.WriteNumberValue(known);
            else
                json.WriteNullValue();
        }

        json.WriteEndArray();
    }
}
