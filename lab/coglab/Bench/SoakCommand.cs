using System.CommandLine;
using System.Globalization;
using CognitiveTools.Cli;
using CognitiveTools.Cli.Hosting;
using CognitiveTools.Lab.Bench.Soak;

namespace CognitiveTools.Lab.Commands.Bench;

/// <summary>
/// <c>coglab bench soak</c>: mixed traffic on one engine for a while, and whether memory, cache and native objects stay as they were.
/// </summary>
internal static class SoakCommand
{
    private const double Megabyte = 1024 * 1024, SecondsPerHour = 3600;

    private static readonly SoakOptions Defaults = new();

    private static readonly Option<double> Minutes = new Option<double>("--minutes")
    {
        Description = "How long",
        DefaultValueFactory = _ => Defaults.Duration.TotalMinutes,
        HelpName = "N",
    }.Within(0.001, 43_200);

    private static readonly Option<int> Rounds = new Option<int>("--rounds")
    {
        Description = "Measurements, evenly spaced",
        DefaultValueFactory = _ => Defaults.Rounds,
        HelpName = "N",
    }.Within(1, 100_000);

    private static readonly Option<int> Callers = new Option<int>("--callers")
    {
        Description = $"Callers at once, {SoakOptions.MostCallers} at most",
        DefaultValueFactory = _ => Defaults.Callers,
        HelpName = "N",
    }.Within(1, SoakOptions.MostCallers);

    private static readonly Option<int> Seed = new Option<int>("--seed")
    {
        Description = "Seed of what the callers do",
        DefaultValueFactory = _ => Defaults.Seed,
        HelpName = "N",
    }.OfAnySize();

    public static Command Create()
    {
        var command =
            new Command(
                "soak",
                "Mixed traffic for a while: generations, thoughts, forks, rewinds, cancellations, disposals; succeeds if memory stays "
                    + "flat, "
                    + "the cache empties, native objects are freed and only the injected failures occur")
        {
            Minutes, Rounds, Callers, Seed,
        };
        var model = new ModelOptions();
        model.AddTo(command);
        command.SetGuardedAction(async (parse, cancellationToken) =>
        {
            var choice = model.Read(parse);
            await using var host = ModelHost.Create(choice);
            var (output, error) = (parse.InvocationConfiguration.Output, parse.InvocationConfiguration.Error);
            var options = new SoakOptions
            {
                Duration = TimeSpan.FromMinutes(parse.GetValue(Minutes)),
                Rounds = parse.GetValue(Rounds),
                Callers = parse.GetValue(Callers),
                Seed = parse.GetValue(Seed),
                Threads = choice.Threads,
            };
            var report = await EngineSoak.RunAsync(host.Llama, options, new Samples(error), cancellationToken);
            await output.WriteLineAsync(ToText(report));
            return report.Passed ? ExitCodes.Success : ExitCodes.Attention;
        });
        return command;
    }

    internal static string ToText(SoakReport report)
    {
        var (first, last) = (report.Samples[0], report.Samples[^1]);
        var lines = new List<string>
        {
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Path.GetFileName(report.Model)}, {report.Threads} threads, {report.Options.Callers} callers, "
                    + $"{last.At.TotalMinutes:0.0} minutes, {last.Operations} operations, {report.Positions} positions forwarded"),
            $"  start  {Line(first)}",
            $"  end    {Line(last)}",
            string.Create(
                CultureInfo.InvariantCulture,
                $"  memory {(report.IsMemoryFlat ? "flat" : "NOT FLAT")}: {report.Slope * SecondsPerHour / Megabyte:+0.00;-0.00} MB per "
                    + $"hour, "
                    + $"{report.Growth:+0.00%;-0.00%} over the measurements after the first third (flat: at most "
                    + $"{SoakReport.Tolerance:0%})"),
            report.IsNothingLeft ? "  nothing left behind at any measurement" : LeftBehind(report),
        };
        lines.AddRange(report.Operations.Select(static o => $"  {o.Value,9} {o.Key}"));
        lines.AddRange(report.Failures.Select(static f => $"  FAILED {f.Value} times: {f.Key}"));
        if (report.Failures.Count == 0)
            lines.Add("  only the injected failures occurred");
        return string.Join(Environment.NewLine, lines);
    }

    private static string LeftBehind(SoakReport report)
    {
        var objects = report.Samples[0].NativeObjects;
        var times = report.Samples.Where(s => s.OpenLanes != 0 || s.LostPositions != 0 || s.NativeObjects != objects)
            .Select(static s => s.At.ToString(@"hh\:mm\:ss", null));
        return $"  LEFT BEHIND: lanes, positions or native objects at {string.Join(", ", times)}";
    }

    private static string Line(SoakSample sample)
    {
        var heap = sample.NativeHeap is { } bytes ? FormattableString.Invariant($"{bytes / Megabyte:0.000} MB") : "unknown";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{sample.At:hh\\:mm\\:ss}  resident {sample.Resident / Megabyte,7:0.00} MB, managed {sample.Managed / Megabyte,6:0.00} MB, "
                + $"native heap {heap}, native objects {sample.NativeObjects}, open lanes {sample.OpenLanes}, "
                + $"cache positions {sample.HeldPositions} (idle prefixes {sample.IdlePositions})");
    }

    private sealed class Samples(TextWriter error) : IProgress<SoakSample>
    {
        public void Report(SoakSample value) => error.WriteLine($"{Line(value)}, {value.Operations} operations");
    }
}
