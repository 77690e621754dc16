using static CognitiveTools.Evals.Summaries.CellText;

namespace CognitiveTools.Evals.Summaries;

/// <summary>Says in a few sentences what came out of a run. It claims a difference only where Holm's correction leaves one.</summary>
internal static class Finding
{
    /// <summary>The level of the tests, after Holm's correction.</summary>
    public const double Level = 0.05;

    /// <summary>A line about the arms and one about the controls, or nothing while no unit of the baseline is graded.</summary>
    /// <param name="summary">The summary.</param>
    /// <param name="model">The model of the suite; <see langword="null"/> where the host gives it.</param>
    /// <param name="problems">The problem file; <see langword="null"/> where the host gives the problems.</param>
    public static string Of(Summary summary, string? model, string? problems)
    {
        if (summary.Arms.FirstOrDefault(arm => arm.Name == summary.Baseline) is not { Accuracy: { } accuracy } baseline)
            return "";
        var of = problems is null ? "problems" : $"problems of {Path.GetFileName(problems)}";
        var first = FormattableString.Invariant($"{baseline.Name} answers {Percent(accuracy.Mean)} of {baseline.Problems} {of} right")
            + (model is null ? "." : $" on {model}.");
        var arms = string.Join(' ', Sentences(summary, isControl: false, baseline.Name).Prepend(first));
        var controls = string.Join(' ', Sentences(summary, isControl: true, "their arms"));
        return controls.Length == 0 ? arms : $"{arms}\nControls. {controls}";
    }

    private static IEnumerable<string> Sentences(Summary summary, bool isControl, string against)
    {
        var compared = summary.Arms.Where(arm => arm.ControlOf is not null == isControl && arm.Comparison is not null).ToArray();
        var shown = compared.Where(static arm => arm.Comparison!.AdjustedP < Level).ToArray();
        var above = shown.Where(static arm => arm.Comparison!.Difference.Mean > 0).ToArray();
        var below = shown.Where(static arm => arm.Comparison!.Difference.Mean < 0).ToArray();
        if (above.Length > 0)
            yield return $"Above {against}: {List(above)}.";
        if (below.Length > 0)
            yield return $"Below {against}: {List(below)}.";
        if (compared.Except(shown).ToArray() is { Length: > 0 } open)
            yield return $"No difference shown from {against}: {string.Join(", ", open.Select(static arm => arm.Name))}.";
    }

    private static string List(IEnumerable<ArmSummary> arms) => string.Join(", ", arms.Select(static arm =>
        $"{arm.Name} ({Signed(100 * arm.Comparison!.Difference.Mean)} points, p {Compared(arm.Comparison.AdjustedP)})"));

    private static string Compared(double p) => PValue(p) is var text && text.StartsWith('<') ? text : "= " + text;
}
