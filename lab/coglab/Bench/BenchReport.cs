using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
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

    public static string ToJson(BenchmarkReport report) => JsonSerializer.Serialize(report, BenchJson.Default.BenchmarkReport);

    private static string Verdict(BenchmarkRatio ratio) => ratio.Target is { } target
        ? string.Create(CultureInfo.InvariantCulture, $"   (target {target:0.00}x: {(ratio.Reached ? "reached" : "MISSED")})")
        : "";
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true)]
[JsonSerializable(typeof(BenchmarkReport))]
internal sealed partial class BenchJson : JsonSerializerContext;
