using System.Text;
using CognitiveTools.Cli.Hosting;
using CognitiveTools.Evals.Runs;
using CognitiveTools.Text;

namespace CognitiveTools.Cli.Eval;

/// <summary>Prints a probe: the prompts arm by arm, then what the whole run would cost.</summary>
internal static class DryRunPrinter
{
    private const string Unknown = "unknown"; // the client reported no usage

    /// <param name="output">Where to print.</param>
    /// <param name="probes">The arms as they are tried.</param>
    /// <param name="roomOf">How much the context of an arm's model holds.</param>
    public static async Task<int> PrintAsync(
        TextWriter output, IAsyncEnumerable<ArmProbe> probes, Func<ArmProbe, Task<ContextRoom>> roomOf)
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

            if (probe.FilledContext)
            {
                foreach (var remark in probe.Notes.Prepend(FullContext(probe, await roomOf(probe))))
                    await output.WriteLineAsync(TerminalText.Line($"! {probe.Arm}: {remark}"));
            }

            if (probe.Error is { } error)
                await output.WriteLineAsync(TerminalText.Line($"! {probe.Arm} failed: {error}"));
        }

        var text = new StringBuilder("\n");
        TextTable.Figures(
            text,
            ["arm", "units", "positions/unit", "generated/unit", "positions", "generated", "seconds/unit", "hours"],
            [.. all.Select(Row), Total(all)],
            OutputWidth.Of(output));
        await output.WriteLineAsync(text.ToString());
        await output.WriteLineAsync("Estimated from one problem per arm, one at a time; concurrent units are faster. "
            + "Positions are all tokens, prompts included; generated are those that the model wrote. "
            + "The first arm's time includes loading its model. Nothing was written.");
        return all.Any(p => p.Error is not null || p.PromptIsTooLong) ? ExitCodes.Attention : ExitCodes.Success;
    }

    private static string FullContext(ArmProbe probe, ContextRoom room)
    {
        var context = "the model's context" + (room.Length is { } known ? FormattableString.Invariant($" of {known:N0} tokens") : "");
        return probe.PromptIsTooLong
            ? $"the arm's prompt does not fit {context}, so its units cost nothing and have no answer. "
                + room.Remedy("shorter prompts")
            : $"the arm filled {context} before its answer was complete. The estimate has what it spent until then.";
    }

    private static string Number(double? value) => value is { } known ? FormattableString.Invariant($"{known:0}") : Unknown;

    private static string[] Row(ArmProbe probe) =>
    [
        probe.Arm,
        Number(probe.Units),
        Number(probe.Positions),
        Number(probe.Generated),
        Number((double?)probe.Positions * probe.Units),
        Number((double?)probe.Generated * probe.Units),
        FormattableString.Invariant($"{probe.Elapsed.TotalSeconds:0.00}"),
        Hours(probe.Elapsed * probe.Units),
    ];

    // Unknown as soon as one arm's usage is.
    private static string[] Total(IReadOnlyList<ArmProbe> all) =>
    [
        "all",
        Number(all.Sum(probe => (double)probe.Units)),
        "",
        "",
        Number(all.Aggregate((double?)0, (sum, probe) => sum + ((double?)probe.Positions * probe.Units))),
        Number(all.Aggregate((double?)0, (sum, probe) => sum + ((double?)probe.Generated * probe.Units))),
        "",
        Hours(TimeSpan.FromHours(all.Sum(probe => probe.Elapsed.TotalHours * probe.Units))),
    ];

    private static string Hours(TimeSpan time) => FormattableString.Invariant($"{time.TotalHours:0.00}");
}
