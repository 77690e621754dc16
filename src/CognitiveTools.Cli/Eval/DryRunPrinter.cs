using System.Text;
using CognitiveTools.Evals.Runs;
using CognitiveTools.Text;

namespace CognitiveTools.Cli.Eval;

/// <summary>Prints a probe: the prompts arm by arm, then what the whole run would cost.</summary>
internal static class DryRunPrinter
{
    private const string Unknown = "unknown"; // the client reported no usage

    public static async Task<int> PrintAsync(TextWriter output, IAsyncEnumerable<ArmProbe> probes)
    {
        var all = new List<ArmProbe>();
        await foreach (var probe in probes)
        {
            all.Add(probe);
            for (var i = 0; i < probe.Prompts.Count; i++)
            {
                var head = $"== {probe.Arm}, request {i + 1} of {probe.Prompts.Count} on problem {probe.Problem}";
                await output.WriteLineAsync(TerminalText.Line(head));
                foreach (var line in TerminalText.Block(probe.Prompts[i]).Split('\n'))
                    await output.WriteLineAsync($"| {line}");
            }

            if (probe.Error is { } error)
                await output.WriteLineAsync(TerminalText.Line($"! {probe.Arm} failed: {error}"));
        }

        var text = new StringBuilder("\n");
        TextTable.Figures(
            text,
            ["arm", "units", "positions/unit", "positions", "seconds/unit", "minutes"],
            [.. all.Select(Row), Total(all)],
            OutputWidth.Of(output));
        await output.WriteLineAsync(text.ToString());
        await output.WriteLineAsync("Estimated from one problem per arm, one at a time; concurrent units are faster. "
            + "The first arm's time includes loading its model. Nothing was written.");
        return all.Any(p => p.Error is not null) ? ExitCodes.Attention : ExitCodes.Success;
    }

    private static string Number(double? value) => value is { } known ? FormattableString.Invariant($"{known:0}") : Unknown;

    private static string[] Row(ArmProbe probe) => Row(
        probe.Arm,
        probe.Units,
        probe.Positions is { } each ? Number(each) : Unknown,
        Number((double?)probe.Positions * probe.Units),
        probe.Elapsed.TotalSeconds,
        probe.Elapsed.TotalMinutes * probe.Units);

    private static string[] Total(List<ArmProbe> all)
    {
        double? positions = 0;
        foreach (var probe in all)
            positions += (double?)probe.Positions * probe.Units;
        return Row("all", all.Sum(p => p.Units), "", Number(positions), null, all.Sum(p => p.Elapsed.TotalMinutes * p.Units));
    }

    private static string[] Row(string arm, int units, string each, string positions, double? seconds, double minutes) =>
    [
        arm,
        FormattableString.Invariant($"{units}"),
        each,
        positions,
        seconds is null ? "" : FormattableString.Invariant($"{seconds:0.00}"),
        FormattableString.Invariant($"{minutes:0.0}"),
    ];
}
