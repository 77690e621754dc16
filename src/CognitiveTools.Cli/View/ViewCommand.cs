using System.CommandLine;
using CognitiveTools.Cli.Runs;
using CognitiveTools.Evals.Live;

namespace CognitiveTools.Cli.View;

/// <summary><c>cogtools view</c>: runs in progress in a browser. It reads the folders of the runs and writes nothing.</summary>
internal static class ViewCommand
{
    private static readonly Argument<string[]> Runs = RunArgument.Several(
        "run", "Directories of runs, their names under runs/, or folders that hold runs [default: all runs under runs/]");

    private static readonly Option<int> Port = new Option<int>("--port")
    {
        Description = "Port to listen on, of this machine only; 0 takes a free one",
        HelpName = "N",
        DefaultValueFactory = _ => 0,
    }.Within(0, 65_535);

    public static Command Create()
    {
        const string Description = "Show runs in a browser while they are being made: progress, intervals, errors, and the transcript of "
            + "each unit when it is finished; Ctrl+C ends it (docs/view.md)";
        var command = new Command("view", Description) { Runs, Port };
        command.SetGuardedAction(async (parse, cancellationToken) =>
        {
            var (output, error) = (parse.InvocationConfiguration.Output, parse.InvocationConfiguration.Error);
            var runs = Open(parse.GetValue(Runs)!);
            await using (var server = await ViewServer.StartAsync(runs, parse.GetValue(Port), TimeProvider.System))
            {
                // Standard output carries the address only, for scripts.
                await output.WriteLineAsync(server.Address);
                var count = runs.Lines().Count;
                await error.WriteLineAsync(count == 0
                    ? $"cogtools: there is no run in '{Path.GetFullPath(RunArgument.Folder)}' yet; a run appears when `cogtools eval` has "
                        + "begun it. Ctrl+C ends the view."
                    : $"cogtools: {(count == 1 ? "1 run" : $"{count} runs")}; Ctrl+C ends the view.");
                await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            await error.WriteLineAsync("cogtools: stopped.");
            return ExitCodes.Success;
        });
        return command;
    }

    private static WatchedRuns Open(string[] named) => named.Length == 0
        ? WatchedRuns.In(RunArgument.Folder, TimeProvider.System)
        : WatchedRuns.Open(named.Select(RunArgument.DirectoryOf), TimeProvider.System);
}
