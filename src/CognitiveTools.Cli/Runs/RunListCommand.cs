using System.CommandLine;
using System.Globalization;
using System.Text;
using CognitiveTools.Evals.Runs;
using CognitiveTools.Evals.Summaries;
using CognitiveTools.Text;

namespace CognitiveTools.Cli.Runs;

/// <summary><c>cogtools run list</c>: the stored runs.</summary>
internal static class RunListCommand
{
    private static readonly Argument<string> Folder = new("folder")
    {
        Description = "Folder of runs",
        DefaultValueFactory = _ => RunArgument.Folder,
    };

    public static Command Create()
    {
        var command = new Command("list", "List the stored runs, the latest first") { Folder };
        command.SetGuardedAction(async (parse, _) =>
        {
            var output = parse.InvocationConfiguration.Output;
            var folder = parse.GetValue(Folder)!;
            if (!Directory.Exists(folder))
                throw new DirectoryNotFoundException(
                    $"There is no folder '{folder}'. Run `cogtools eval` first, or name the folder that holds runs.");
            var (runs, unreadable) = Read(folder);
            if (runs.Count == 0 && unreadable.Count == 0)
                await output.WriteLineAsync($"'{TerminalText.Line(folder)}' holds no run. `cogtools eval` makes one.");
            else
                Print(output, runs);
            foreach (var message in unreadable)
                await parse.InvocationConfiguration.Error.WriteLineAsync(TerminalText.Line($"cogtools: {message}"));
            return unreadable.Count == 0 ? ExitCodes.Success : ExitCodes.Attention;
        });
        return command;
    }

    private static (List<RunResult> Runs, List<string> Unreadable) Read(string folder)
    {
        var (runs, unreadable) = (new List<RunResult>(), new List<string>());
        foreach (var directory in Directory.EnumerateDirectories(folder).Where(d => File.Exists(Path.Combine(d, "run.json"))))
        {
            try
            {
                runs.Add(RunResult.Load(directory));
            }
            catch (InvalidDataException exception)
            {
                unreadable.Add(exception.Message);
            }
        }

        return ([.. runs.OrderByDescending(LastSession)], unreadable);

        static DateTimeOffset LastSession(RunResult run) => run.Header.Sessions is [.., var last] ? last : DateTimeOffset.MinValue;
    }

    private static void Print(TextWriter output, IEnumerable<RunResult> runs)
    {
        var text = new StringBuilder();
        TextTable.Figures(
            text, ["run", "last session (UTC)", "model", "units", "best arm"], [.. runs.Select(Row)], OutputWidth.Of(output));
        output.Write(text);
    }

    private static string[] Row(RunResult run)
    {
        var header = run.Header;
        return
        [
            Path.GetFileName(Path.TrimEndingDirectorySeparator(run.Directory)), // a copied or regraded run keeps its id
            header.Sessions.Count > 0 ? header.Sessions[^1].UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) : "-",
            header.ModelName ?? header.Origin ?? "-",
            FormattableString.Invariant($"{run.Units.Count}/{header.Planned}"),
            Summary.BestArm(run) is { } best ? FormattableString.Invariant($"{best.Arm} {100 * best.Accuracy:0.0}%") : "-",
        ];
    }
}
