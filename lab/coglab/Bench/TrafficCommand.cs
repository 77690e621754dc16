using System.CommandLine;
using System.Globalization;
using CognitiveTools.Cli;
using CognitiveTools.Cli.Hosting;
using CognitiveTools.Lab.Bench.Traffic;

namespace CognitiveTools.Lab.Commands.Bench;

/// <summary><c>coglab bench traffic</c>: many callers with long and short requests, and how long each waits for its turns.</summary>
internal static class TrafficCommand
{
    private static readonly TrafficOptions Defaults = new();

    private static readonly Option<double> Minutes = new Option<double>("--minutes")
    {
        Description = "How long",
        DefaultValueFactory = _ => Defaults.Duration.TotalMinutes,
        HelpName = "N",
    }.Within(0.001, 43_200);

    private static readonly Option<int> Callers = new Option<int>("--callers")
    {
        Description = "Callers at once",
        DefaultValueFactory = _ => Defaults.Callers,
        HelpName = "N",
    }.Within(1, 1024);

    public static Command Create()
    {
        var command =
            new Command(
                "traffic",
                "Many callers with long and short requests on one engine; fails if one of them waits longer for a turn than five times the "
                    + "mean")
        {
            Minutes, Callers,
        };
        var model = new ModelOptions();
        model.AddTo(command);
        command.SetGuardedAction(async (parse, cancellationToken) =>
        {
            var choice = model.Read(parse);
            await using var host = ModelHost.Create(choice);
            var (output, error) = (parse.InvocationConfiguration.Output, parse.InvocationConfiguration.Error);
            var options = new TrafficOptions
            {
                Duration = TimeSpan.FromMinutes(parse.GetValue(Minutes)),
                Callers = parse.GetValue(Callers),
                Threads = choice.Threads,
            };
            var report = await EngineTraffic.RunAsync(host.Llama, options, new Answers(error), cancellationToken);
            await output.WriteLineAsync(ToText(report));
            return report.IsFair ? ExitCodes.Success : ExitCodes.Attention;
        });
        return command;
    }

    internal static string ToText(TrafficReport report)
    {
        var requests = report.Waits.Sum(static w => w.Requests);
        var lines = new List<string>
        {
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Path.GetFileName(report.Model)}, {report.Threads} threads, {report.Options.Callers} callers, "
                    + $"{report.Elapsed.TotalMinutes:0.0} minutes, {requests} requests, {report.Positions} positions in "
                    + $"{report.Decodes} decodes of {report.Elapsed.TotalMilliseconds / report.Decodes:0.000} ms"),
            "  waits in decodes between a request's arrival and its first row:",
            "  caller  prompts  requests     mean  longest  longest / mean of all",
        };
        lines.AddRange(report.Waits.Select(Line));
        lines.Add(string.Create(
            CultureInfo.InvariantCulture,
            $"  mean {report.MeanWait:0.0}, longest {report.Longest.Longest} (caller {report.Longest.Caller}): "
                + $"{report.Ratio:0.00} times the mean (at most {TrafficReport.Limit:0}: {(report.IsFair ? "reached" : "MISSED")})"));
        return string.Join(Environment.NewLine, lines);

        string Line(CallerWaits w) => string.Create(
            CultureInfo.InvariantCulture,
            $"  {w.Caller,6}  {(w.Caller % 2 == 0 ? "long" : "short"),-7}  {w.Requests,8} {w.Waited / (double)w.Requests,8:0.0} "
                + $"{w.Longest,8} {(report.MeanWait > 0 ? w.Longest / report.MeanWait : 0),8:0.00}");
    }

    private sealed class Answers(TextWriter error) : IProgress<long>
    {
        public void Report(long value) => error.WriteLine($"{value} requests answered");
    }
}
