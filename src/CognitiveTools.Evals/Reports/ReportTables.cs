using System.Text.Json.Nodes;
using CognitiveTools.Evals.Statistics;
using CognitiveTools.Evals.Summaries;

namespace CognitiveTools.Evals.Reports;

/// <summary>The tables of a report: arms and breakdowns. What cannot be estimated is null.</summary>
internal static class ReportTables
{
    public static JsonArray Arms(ReportSource source) => new([.. source.Summary.Arms.Select(arm => Row(arm, source))]);

    public static JsonArray Groups(ReportSource source) => new([.. Breakdown.Of(source).Select(breakdown => new JsonObject
    {
        ["by"] = breakdown.By,
        ["note"] = breakdown.Note,
        ["rows"] = new JsonArray([.. breakdown.Rows.Select(row => new JsonObject
        {
            ["name"] = row.Name,
            ["problems"] = row.Problems,
            ["arms"] = new JsonArray([.. row.Arms.Select(Cell)]),
        })]),
    })]);

    public static JsonArray Curves(ReportSource source) => new([.. (source.Summary.Solutions ?? []).Select(curve => new JsonObject
    {
        ["arm"] = source.ArmIndex[curve.Arm],
        ["points"] = new JsonArray([.. curve.Points.Select(static point => new JsonObject
        {
            ["n"] = point.N,
            ["coverage"] = Rounded(point.Coverage),
            ["voted"] = Rounded(point.Voted),
            ["valued"] = point.Valued is { } valued ? Rounded(valued) : null,
        })]),
    })]);

    // The mean, then the ends of its interval where it has one.
    private static JsonArray? Cell(Estimate? estimate) => estimate switch
    {
        null => null,
        { Interval: { } range } => [Rounded(estimate.Mean), Rounded(range.Low), Rounded(range.High)],
        _ => [Rounded(estimate.Mean)],
    };

    private static double Rounded(double value) => Math.Round(value, 5);

    private static JsonObject Row(ArmSummary arm, ReportSource source)
    {
        var row = new JsonObject
        {
            ["name"] = arm.Name,
            ["spec"] = arm.Reasoner,
            ["model"] = source.Run.Header.Suite.Arms.First(a => a.Name == arm.Name).Model,
            ["controlOf"] = arm.ControlOf is { } target && source.ArmIndex.TryGetValue(target, out var index) ? index : null,
            ["depth"] = Depth(arm, source.Summary),
            ["accuracy"] = Number(arm.Accuracy?.Mean),
            ["low"] = Number(arm.Accuracy?.Interval?.Low ?? arm.Accuracy?.Mean),
            ["high"] = Number(arm.Accuracy?.Interval?.High ?? arm.Accuracy?.Mean),
            ["method"] = arm.Accuracy?.Method,
            ["samplingError"] = Number(arm.SamplingError),
            ["positions"] = Number(arm.MedianPositions),
            ["visible"] = Number(arm.MedianVisibleTokens),
            ["thinking"] = Number(arm.MedianThoughtTokens),
            ["seconds"] = Number(arm.MedianSeconds),
            ["units"] = arm.Units,
            ["truncated"] = arm.Truncated,
            ["noAnswer"] = arm.NoAnswer,
            ["errors"] = arm.Errors,
            ["conflicts"] = arm.Conflicts,
        };
        if (arm.Comparison is { Difference: var difference } comparison)
        {
            row["comparison"] = new JsonObject
            {
                ["against"] = comparison.Against,
                ["difference"] = Number(difference.Mean),
                ["low"] = Number(difference.Interval?.Low),
                ["high"] = Number(difference.Interval?.High),
                ["p"] = Number(difference.Test.P),
                ["test"] = difference.Test.Method,
                ["holm"] = Number(comparison.AdjustedP),
            };
        }

        return row;
    }

    // How many arms are above a control; a control may have controls.
    private static int Depth(ArmSummary arm, Summary summary)
    {
        var depth = 0;
        for (var at = arm; at?.ControlOf is { } parent && depth < summary.Arms.Count; depth++)
            at = summary.Arms.FirstOrDefault(a => a.Name == parent);
        return depth;
    }

    private static double? Number(double? value) => value is { } number && double.IsFinite(number) ? number : null;
}
