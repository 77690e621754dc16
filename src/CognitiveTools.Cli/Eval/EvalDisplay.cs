using CognitiveTools.Evals.Progress;
using CognitiveTools.Evals.Runs;
using CognitiveTools.Text;
using Spectre.Console;

namespace CognitiveTools.Cli.Eval;

/// <summary>Shows the progress of a run: a live table on a terminal, a line every 15 seconds elsewhere.</summary>
internal static class EvalDisplay
{
    private static readonly TimeSpan PlainEvery = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LiveEvery = TimeSpan.FromMilliseconds(250);

    /// <summary>Whether progress is written line by line, because standard error is no terminal that draws.</summary>
    public static bool IsPlain => Console.IsErrorRedirected
        || Environment.GetEnvironmentVariable("CI") is { Length: > 0 }
        || Environment.GetEnvironmentVariable("TERM") == "dumb";

    public static async Task<RunResult> WatchAsync(TextWriter error, Func<IProgress<RunEvent>, Task<RunResult>> run)
    {
        if (IsPlain)
            return await run(new PlainProgress(error, TimeProvider.System, PlainEvery));

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(TerminalWriter.Unguarded(error)) });
        var progress = new RunProgress(TimeProvider.System);
        var result = await console.Live(Now()).AutoClear(true).StartAsync(async live =>
        {
            var running = run(progress);
            while (!running.IsCompleted)
            {
                await Task.WhenAny(running, Task.Delay(LiveEvery));
                live.UpdateTarget(Now());
            }

            return await running;
        });
        if (result.Stopped is { } reason)
            await error.WriteLineAsync(TerminalText.Line($"Stopped: {reason}. The same command resumes the run."));
        return result;

        Table Now() => ProgressTable.Of(progress.Snapshot(), console.Profile.Width);
    }
}
