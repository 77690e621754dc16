using System.Globalization;
using System.Text.Json;
using CognitiveTools.Lab.Bench;

namespace CognitiveTools.Lab.Commands.Bench;

/// <summary>A benchmark's result as a table or as JSON.</summary>
internal static class BenchReport
{
    private const double Megabyte = 1024 * 1024;

    public static string ToText(BenchmarkReport report)
    {
        var (options, memory) = (report.Options, report.Memory);
        var lines = new List<string>
        {
            $"{Path.GetFileName(report.Model)}, llama.cpp {report.Natives}, {report.Threads} "
                + $"threads{(options.PlainAttention ? ", plain attention" : "")}, "
                + $"prompt {options.PromptLength}, {options.Steps} steps, median of {options.Repetitions}",
        };
        var width = report.Figures.Select(f => f.Name.Length).Concat(report.Ratios.Select(r => r.Name.Length)).Max();
        lines.AddRange(report.Figures.Select(f => FormattableString.Invariant(
            $"  {f.Name.PadRight(width)}  {f.Median,9:0.00} {f.Unit}   (min {f.Samples.Min():0.00}, max {f.Samples.Max():0.00})")));
        lines.AddRange(report.Ratios.Select(r => FormattableString.Invariant(
            $"  {r.Name.PadRight(width)}  {r.Value,9:0.000}x{Verdict(r)}")));
        var cache = memory.Cache is { } bytes ? FormattableString.Invariant($"cache {bytes / Megabyte:0.0}") : "cache not known";
        lines.Add(string.Create(
            CultureInfo.InvariantCulture,
            $"  {"peak resident memory".PadRight(width)}  {memory.PeakResident / Megabyte,9:0.00} MB   "
                + $"(weights {memory.Model / Megabyte:0.0}, {cache}, beyond them {memory.Beyond / Megabyte:0.0})"));
        lines.AddRange(report.Peers.Select(static peer => $"  peer: {peer}"));
        return string.Join(Environment.NewLine, lines);
    }

    public static string ToJson(BenchmarkReport report)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("model", report.Model);
            json.WriteString("natives", report.Natives);
            json.WriteNumber("threads", report.Threads);
            json.WriteNumber("prompt", report.Options.PromptLength);
            json.WriteNumber("steps", report.Options.Steps);
            json.WriteStartArray("peers");
            foreach (var peer in report.Peers)
                json.WriteStringValue(peer);
            json.WriteEndArray();
            json.WriteStartObject("memory");
            json.WriteNumber("peakResident", report.Memory.PeakResident);
            json.WriteNumber("model", report.Memory.Model);
            if (report.Memory.Cache is { } cache)
                json.WriteNumber("cache", cache);
            json.WriteEndObject();
            WriteFigures(json, report.Figures);
            WriteRatios(json, report.Ratios);
            json.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static void WriteFigures(Utf8JsonWriter json, IReadOnlyList<BenchmarkFigure> figures)
    {
        json.WriteStartArray("figures");
        foreach (var figure in figures)
        {
            json.WriteStartObject();
            json.WriteString("name", figure.Name);
            json.WriteString("unit", figure.Unit);
            json.WriteNumber("median", figure.Median);
            json.WriteStartArray("samples");
            foreach (var sample in figure.Samples)
                json.WriteNumberValue(sample);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteRatios(Utf8JsonWriter json, IReadOnlyList<BenchmarkRatio> ratios)
    {
        json.WriteStartArray("ratios");
        foreach (var ratio in ratios)
        {
            json.WriteStartObject();
            json.WriteString("name", ratio.Name);
            json.WriteNumber("value", ratio.Value);
            if (ratio.Target is { } target)
                json.WriteNumber("target", target);
            json.WriteBoolean("reached", ratio.Reached);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static string Verdict(BenchmarkRatio ratio) => ratio.Target is { } target
        ? string.Create(CultureInfo.InvariantCulture, $"   (target {target:0.00}x: {(ratio.Reached ? "reached" : "MISSED")})")
        : "";
}
