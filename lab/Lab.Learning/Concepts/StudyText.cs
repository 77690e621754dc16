using System.Globalization;
using System.Text.Json.Nodes;

namespace CognitiveTools.Lab.Learning.Concepts;

/// <summary>The figures of a study as a table.</summary>
internal static class StudyText
{
    /// <summary>Writes the figures.</summary>
    public static void Write(TextWriter output, JsonObject figures)
    {
        foreach (var (name, parts) in figures["reconstruction"]!.AsObject())
        {
            foreach (var (part, one) in parts!.AsObject().Where(static pair => Number(pair.Value, "n") > 0))
                output.WriteLine($"{name}, {part} lines: {Share(one, "exact", "interval")}");
        }

        Row("", "right", "invalid", "with one", "no end", "positions", "M mult", "better:worse (p)");
        foreach (var part in figures["arms"]!.AsArray().GroupBy(static one => $"{one!["part"]}"))
        {
            output.WriteLine($"{part.Key}: n={part.First()!["n"]}");
            foreach (var one in part)
            {
                Row(
                    $"  {one!["arm"]}",
                    Share(one, "right", "rightInterval"),
                    Percent(Number(one, "invalidLines") / Math.Max(1, Number(one, "lines"))),
                    Share(one, "withInvalidLine", "withInvalidLineInterval"),
                    $"{one["withoutEnd"]}",
                    Of(one["positions"], "0"),
                    Of(one["multiplications"], "0.0", 1e-6),
                    string.Join(", ", one["against"]!.AsObject().Select(Against)));
            }

            foreach (var one in part)
                output.WriteLine($"    right by steps, {one!["arm"]}: {string.Join(", ", one["bySteps"]!.AsObject().Select(Steps))}");
        }

        void Row(string name, params ReadOnlySpan<string> cells)
        {
            output.Write($"{name,-36}");
            foreach (var cell in cells[..^1])
                output.Write($"{cell,21}");
            output.WriteLine($"  {cells[^1]}");
        }
    }

    private static string Against(KeyValuePair<string, JsonNode?> pair) => string.Create(
        CultureInfo.InvariantCulture, $"{pair.Key} {pair.Value!["better"]}:{pair.Value["worse"]} ({Number(pair.Value, "p"):0.0000})");

    private static string Steps(KeyValuePair<string, JsonNode?> pair) => $"{pair.Key}: {pair.Value!["right"]}/{pair.Value["n"]}";

    private static string Share(JsonNode? one, string count, string interval) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Percent(Number(one, count) / Number(one, "n"))} [{Of(one![interval]![0], "0.0", 100)}, {Of(one[interval]![1], "0.0", 100)}]");

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.0}%");

    private static string Of(JsonNode? value, string format, double factor = 1) =>
        (factor * value!.GetValue<double>()).ToString(format, CultureInfo.InvariantCulture);

    private static double Number(JsonNode? one, string key) => one![key]!.AsValue() switch
    {
        var value when value.TryGetValue<double>(out var number) => number,
        var value => value.GetValue<int>(),
    };
}
