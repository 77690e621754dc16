using System.Globalization;
using CognitiveTools.Evals.Statistics;

namespace CognitiveTools.Evals.Summaries;

/// <summary>Numbers as table cells; what cannot be estimated is a dash.</summary>
internal static class CellText
{
    public static string PValue(double p) => double.IsNaN(p) ? "-" : p < 0.001 ? "< 0.001" : Number(p, "0.000");

    // An interval that contains every possible difference carries no information.
    public static string Range(Interval? interval, bool signed)
    {
        if (interval is not { } range || (signed && range is { Low: <= -1, High: >= 1 }))
            return "-";
        return signed
            ? $"[{Signed(100 * range.Low)}, {Signed(100 * range.High)}]"
            : $"[{Number(100 * range.Low, "0.0")}, {Number(100 * range.High, "0.0")}]";
    }

    public static string Percent(double share) => double.IsNaN(share) ? "-" : $"{Number(100 * share, "0.0")}%";

    public static string Signed(double value) => Number(value, "+0.0;-0.0;0.0");

    public static string Whole(double value) => Number(value, "0.#");

    /// <summary>What something cost; unknown is a word of its own, not a dash.</summary>
    public static string Cost(double value) => double.IsNaN(value) ? "unknown" : Whole(value);

    public static string Count(int value) => value.ToString(CultureInfo.InvariantCulture);

    public static string Number(double value, string format) =>
        double.IsNaN(value) ? "-" : value.ToString(format, CultureInfo.InvariantCulture);
}
