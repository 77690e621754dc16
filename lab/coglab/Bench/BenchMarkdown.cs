using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using CognitiveTools.Lab.Bench;

namespace CognitiveTools.Lab.Commands.Bench;

/// <summary>A benchmark's result as a page for <c>evals/results</c>: who decodes how fast, then every figure and ratio.</summary>
internal static class BenchMarkdown
{
    private const string Decode = ", decode ";

    public static string ToText(BenchmarkReport report)
    {
        var options = report.Options;
        var page = new StringBuilder();
        page.AppendLine(CultureInfo.InvariantCulture, $"## {Path.GetFileName(report.Model)} on llama.cpp {report.Natives}").AppendLine();
        page.AppendLine(
            CultureInfo.InvariantCulture,
            $"{report.Threads} of {Environment.ProcessorCount} cores ({RuntimeInformation.RuntimeIdentifier})"
                + $"{(options.PlainAttention ? ", plain attention" : "")}, prompt "
                + $"{options.PromptLength}, {options.Steps} steps, medians of {options.Repetitions} repetitions in turns.").AppendLine();
        WriteDecodes(page, report);
        WriteRatios(page, report);
        WriteFigures(page, report);
        foreach (var peer in report.Peers.Where(static peer => peer.Contains(" skipped: ", StringComparison.Ordinal)))
            page.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"Not measured: {peer}");
        return page.ToString().TrimEnd();
    }

    // One row for each of those that decode, with the engine and the bare loop of this process against it.
    private static void WriteDecodes(StringBuilder page, BenchmarkReport report)
    {
        string[] names =
        [
            .. report.Figures.Where(static f => f.Name.Contains(Decode, StringComparison.Ordinal))
                .Select(static f => f.Name[..f.Name.IndexOf(Decode, StringComparison.Ordinal)]).Distinct(),
        ];
        int[] counts =
            [.. report.Options.Sequences.Where(count => names.Count(name => Median(name, count) is not null) > 2 || names.Length == 2)];
        page.Append("| decodes |");
        foreach (var count in counts)
            page.Append(CultureInfo.InvariantCulture, $" {count} at once, tokens/s | of the bare loop | engine against it |");
        page.AppendLine().Append("|---|").Insert(page.Length, "---|", 3 * counts.Length).AppendLine();
        foreach (var name in names)
        {
            page.Append(CultureInfo.InvariantCulture, $"| {name} |");
            foreach (var count in counts)
                page.Append(CultureInfo.InvariantCulture,
                    $" {Number(Median(name, count), "0.0")} | {Number(Ratio(count, name, "bare loop"), "0.00")} | "
                        + $"{Number(Ratio(count, "engine", name), "0.00")} |");
            page.AppendLine();
        }

        page.AppendLine();

        double? Median(string name, int count) => report.Figures.FirstOrDefault(f => f.Name == $"{name}{Decode}{count}")?.Median;
        double? Ratio(int count, string who, string other) =>
            report.Ratios.FirstOrDefault(r => r.Name == $"decode {count}, {who} / {other}")?.Value;
    }

    private static void WriteRatios(StringBuilder page, BenchmarkReport report)
    {
        page.AppendLine("| ratio | value | target |").AppendLine("|---|---|---|");
        foreach (var ratio in report.Ratios)
            page.AppendLine(CultureInfo.InvariantCulture, $"| {ratio.Name} | {ratio.Value:0.000} | {Verdict(ratio)} |");
        page.AppendLine();
    }

    private static void WriteFigures(StringBuilder page, BenchmarkReport report)
    {
        page.AppendLine("| figure | median | least | most | unit |").AppendLine("|---|---|---|---|---|");
        foreach (var figure in report.Figures)
            page.AppendLine(
                CultureInfo.InvariantCulture,
                $"| {figure.Name} | {figure.Median:0.00} | {figure.Samples.Min():0.00} | {figure.Samples.Max():0.00} | {figure.Unit} |");
    }

    private static string Verdict(BenchmarkRatio ratio) => ratio.Target is { } target
        ? string.Create(CultureInfo.InvariantCulture, $"{target:0.00}, {(ratio.Reached ? "reached" : "missed")}")
        : "";

    private static string Number(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "";
}
