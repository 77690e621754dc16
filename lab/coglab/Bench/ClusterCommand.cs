using System.CommandLine;
using System.Globalization;
using CognitiveTools.Cli;
using CognitiveTools.Lab.Bench.Clusters;

namespace CognitiveTools.Lab.Commands.Bench;

/// <summary><c>coglab bench cluster</c>: what leases, results and the log of a cluster cost, without a model.</summary>
internal static class ClusterCommand
{
    private static readonly ThroughputOptions Defaults = new();

    private static readonly Option<int> Units = new Option<int>("--units")
    {
        Description = "Units without a model",
        DefaultValueFactory = _ => Defaults.Units,
        HelpName = "N",
    }.Within(1000, 1_000_000);

    private static readonly Option<int> SlowUnits = new Option<int>("--slow-units")
    {
        Description = "Units that take 20 ms, for the overhead of one",
        DefaultValueFactory = _ => Defaults.SlowUnits,
        HelpName = "N",
    }.Within(100, 1_000_000);

    public static Command Create()
    {
        var command = new Command(
            "cluster",
            "Measure a cluster of this process against a run without one: completions a second, overhead of a unit, grains alone")
        {
            Units, SlowUnits,
        };
        command.Subcommands.Add(ChaosCommand.Create());
        command.Subcommands.Add(ChaosCommand.CreateMember());
        command.Subcommands.Add(ScaleCommand.Create());
        command.SetGuardedAction(async (parse, cancellationToken) =>
        {
            var (output, error) = (parse.InvocationConfiguration.Output, parse.InvocationConfiguration.Error);
            var options = Defaults with { Units = parse.GetValue(Units), SlowUnits = parse.GetValue(SlowUnits) };
            var report = await ClusterThroughput.RunAsync(options, error.WriteLine, cancellationToken);
            await output.WriteLineAsync(ToText(report, options));
            return report.IsReached ? ExitCodes.Success : ExitCodes.Attention;
        });
        return command;
    }

    internal static string ToText(ThroughputReport report, ThroughputOptions options) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        {options.Units:N0} units without a model, {Environment.ProcessorCount} cores, one process
          without a cluster     {report.LocalPerSecond,10:N0} units/s
          on the cluster        {report.ClusterPerSecond,10:N0} units/s (wanted {ThroughputReport.WantedPerSecond:N0})
          processor time        {report.LocalProcessor.TotalMilliseconds,10:0.000} ms a unit without a cluster
          the same on it        {report.ClusterProcessor.TotalMilliseconds,10:0.000} ms
          overhead of a unit    {report.Overhead.TotalMilliseconds,10:0.000} ms of a place (wanted: at most 1)
        grains alone
          leases                {report.LeasedPerSecond,10:N0} units/s, 32 in a call, one caller
          renewals              {report.RenewedPerSecond,10:N0} units/s, 32 in a call, one caller
          completions on disk   {report.CompletedPerSecond,10:N0} units/s, 64 in a call, four callers
        log
          records               {report.RecordBytes,10:N0} bytes a unit
          transcripts           {report.TranscriptBytes,10:N0} bytes a unit
        """);
}
