using System.CommandLine;
using System.Globalization;
using System.Text;
using CognitiveTools.Cli;
using CognitiveTools.Lab.Bench.Clusters;

namespace CognitiveTools.Lab.Commands.Bench;

/// <summary><c>coglab bench cluster scale</c>: a run on up to a thousand workers, with real grains and a simulated clock.</summary>
internal static class ScaleCommand
{
    private static readonly ScaleOptions Defaults = new();

    private static readonly Option<int[]> Workers = new Option<int[]>("--workers")
    {
        Description = "Numbers of workers, one simulation each",
        DefaultValueFactory = _ => [.. Defaults.Workers],
        HelpName = "N",
        AllowMultipleArgumentsPerToken = true,
    }.EachWithin(1, 10_000);

    private static readonly Option<int> Places = new Option<int>("--places")
    {
        Description = "Units that a worker runs at once",
        DefaultValueFactory = _ => Defaults.Places,
        HelpName = "N",
    }.Within(1, 1024);

    private static readonly Option<double> Seconds = new Option<double>("--unit-seconds")
    {
        Description = "Time of a unit on average, in seconds of the simulated clock",
        DefaultValueFactory = _ => Defaults.Unit.TotalSeconds,
        HelpName = "N",
    }.Within(0.1, 86_400);

    private static readonly Option<int> UnitsPerPlace = new Option<int>("--units-per-place")
    {
        Description = "Units of the run for each place",
        DefaultValueFactory = _ => Defaults.UnitsPerPlace,
        HelpName = "N",
    }.Within(2, 10_000);

    public static Command Create()
    {
        var command = new Command(
            "scale",
            "Simulate runs on many workers: real grains and a real log in this process, a simulated clock; no model, no network")
        {
            Workers, Places, Seconds, UnitsPerPlace,
        };
        command.SetGuardedAction(async (parse, cancellationToken) =>
        {
            var (output, error) = (parse.InvocationConfiguration.Output, parse.InvocationConfiguration.Error);
            var options = new ScaleOptions
            {
                Workers = parse.GetValue(Workers)!,
                Places = parse.GetValue(Places),
                Unit = TimeSpan.FromSeconds(parse.GetValue(Seconds)),
                UnitsPerPlace = parse.GetValue(UnitsPerPlace),
            };
            await error.WriteLineAsync("warming up");
            await ScaleSimulation.RunAsync(4, options, cancellationToken);
            var rows = new List<ScaleRow>();
            foreach (var workers in options.Workers)
            {
                await error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{workers:N0} workers"));
                rows.Add(await ScaleSimulation.RunAsync(workers, options, cancellationToken));
            }

            await output.WriteAsync(ToText(rows, options));
            return ExitCodes.Success;
        });
        return command;
    }

    internal static string ToText(IReadOnlyList<ScaleRow> rows, ScaleOptions options)
    {
        var text = new StringBuilder();
        text.AppendLine(
            CultureInfo.InvariantCulture,
            $"Units of {options.Unit.TotalSeconds} s on average, {options.Places} at once on a worker, {Environment.ProcessorCount} cores");
        text.AppendLine("| workers | units | hours | working | units/s | calls/s | lease | beat | complete | cores | MB/h |");
        text.AppendLine("|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
        foreach (var row in rows)
        {
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"| {row.Workers:N0} | {row.Units:N0} | {row.Duration.TotalHours:0.000} | {row.Efficiency:0.0%} "
                    + $"| {row.Units / row.Duration.TotalSeconds:0.##} | {row.Calls / row.Duration.TotalSeconds:0.#} "
                    + $"| {PerUnit(row.LeaseCost)} | {PerUnit(row.BeatCost)} | {PerUnit(row.CompletionCost)} | {row.Cores:0.000} "
                    + $"| {row.LogBytes / 1e6 / row.Duration.TotalHours:0.0} |");

            string PerUnit(TimeSpan cost) => (cost / row.Units).TotalMilliseconds.ToString("0.000", CultureInfo.InvariantCulture);
        }

        text.AppendLine("lease, beat, complete: processor time of such calls for a unit, in ms. cores: what the silo needs for all.");
        return text.ToString();
    }
}
