using System.Globalization;
using System.Text.Json.Nodes;

namespace CognitiveTools.Lab.Learning.Influence;

/// <summary>The figures of a study as text.</summary>
internal static class StudyTable
{
    private static readonly string[] Shown =
        ["answer", "answerByChance", "answerElsewhere", "answerElsewhereByChance", "ofKind", "ofGroup"];

    /// <summary>Writes the figures.</summary>
    public static void Write(TextWriter output, JsonObject figures)
    {
        Row("all records", "loss", "exact");
        foreach (var whole in figures["whole"]!.AsArray().Select(static node => node!.AsObject()))
        {
            foreach (var (kind, measured) in whole.Skip(1))
                Row($"  seed {whole["seed"]}, {kind}", Of(measured!["loss"]), Of(measured["exact"]));
        }

        Row("correlation of influences", "Pearson", "Spearman");
        foreach (var (method, kinds) in figures["correlation"]!.AsObject())
        {
            foreach (var (kind, one) in kinds!.AsObject())
                Row($"  {method}: {kind}", Of(one!["pearson"]), Of(one["spearman"]));
        }

        Row("best records", "answer", "by chance", "elsewhere", "by chance", "of kind", "of group");
        foreach (var (method, kinds) in figures["top"]!.AsObject())
        {
            foreach (var (kind, tops) in kinds!.AsObject())
            {
                foreach (var (top, one) in tops!.AsObject())
                    Row($"  {method}: {kind}, best {top}", [.. Shown.Select(key => Of(one![key]))]);
            }
        }

        Row("trained again without", "loss", "deviation", "exact");
        foreach (var one in figures["removal"]!.AsArray())
            Row($"  {one!["queries"]}: {one["removed"]} {one["records"]}, {one["method"]}",
                Of(one["lossDifference"], "+0.000;-0.000"), Of(one["lossDeviation"]), Of(one["exactDifference"], "+0.000;-0.000"));
        if (figures["datamodels"] is not JsonObject datamodels)
            return;
        Row("linear datamodelling score", "mean", "error");
        foreach (var (method, kinds) in datamodels)
        {
            foreach (var (kind, one) in kinds!.AsObject())
                Row($"  {method}: {kind}", Of(one!["mean"]), Of(one["standardError"]));
        }

        void Row(string name, params IReadOnlyList<string> cells) =>
            output.WriteLine($"{name,-48}{string.Concat(cells.Select(static cell => $"{cell,11}"))}");
    }

    private static string Of(JsonNode? value, string format = "0.000") =>
        value is null ? "-" : value.GetValue<double>().ToString(format, CultureInfo.InvariantCulture);
}
