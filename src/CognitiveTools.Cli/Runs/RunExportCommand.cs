using System.CommandLine;
using System.Text;
using CognitiveTools.Evals.Exports;

namespace CognitiveTools.Cli.Runs;

/// <summary><c>cogtools run export</c>: a stored run as a table for other programs or for a paper.</summary>
internal static class RunExportCommand
{
    private static readonly Argument<string> Run = RunArgument.Create();

    private static readonly Option<string> Format = new("--format", "-f")
    {
        Description = "csv and parquet: a row per unit; csv-published: the suite's published figures beside the measured ones; "
            + "markdown and latex: the tables; json: the summary",
        Required = true,
    };

    private static readonly Option<FileInfo?> Out = new("--out", "-o")
    {
        Description = "File to write; printed when left out (Parquet needs a file)",
        HelpName = "FILE",
    };

    public static Command Create()
    {
        var command = new Command("export", "Export a stored run: CSV, Parquet, Markdown, LaTeX, JSON") { Run, Format, Out };
        Format.AcceptOnlyFromAmong([.. RunExport.Formats]);
        command.SetGuardedAction(async (parse, cancellationToken) =>
        {
            var run = RunArgument.Load(parse.GetValue(Run)!);
            var format = parse.GetValue(Format)!;
            var file = parse.GetValue(Out);
            if (file is null && format == "parquet")
                throw new ArgumentException("Parquet is binary. Give a file with --out.");
            using var memory = new MemoryStream(); // first, so that a refused format leaves no file
            await RunExport.WriteAsync(run, format, memory, cancellationToken);
            if (file is null)
            {
                var text = Encoding.UTF8.GetString(memory.ToArray());
                await parse.InvocationConfiguration.Output.WriteAsync(text.AsMemory(), cancellationToken);
                return ExitCodes.Success;
            }

            await File.WriteAllBytesAsync(file.FullName, memory.ToArray(), cancellationToken);
            await parse.InvocationConfiguration.Error.WriteLineAsync($"{file}: {run.Units.Count} units");
            return ExitCodes.Success;
        });
        return command;
    }
}
