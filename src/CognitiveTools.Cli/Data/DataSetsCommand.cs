using System.CommandLine;
using System.Globalization;
using CognitiveTools.Cli.Problems;
using CognitiveTools.Evals.Imports;
using CognitiveTools.Text;

namespace CognitiveTools.Cli.Data;

/// <summary><c>cogtools data sets</c>: the published sets whose hashes are pinned, and which are imported.</summary>
internal static class DataSetsCommand
{
    public static Command Create()
    {
        var command = new Command("sets", "List the published problem sets that can be imported and checked");
        command.SetGuardedAction(async (parse, _) =>
        {
            var output = parse.InvocationConfiguration.Output;
            var width = OutputWidth.Of(output);
            await output.WriteLineAsync(TextTable.Words([.. KnownSets.All.Select(Row)], width));
            await output.WriteLineAsync(TextWrap.Block($"With the tool come: {string.Join(", ", ShippedData.Problems.Names)}", width));
            await output.WriteLineAsync(TextWrap.Block(
                $"Folder: {ProblemReader.Folder} (set {ProblemReader.FolderVariable} to move it). "
                + "Import one with: cogtools data import NAME --from FILE",
                width));
            return ExitCodes.Success;
        });
        return command;
    }

    private static string[] Row(KnownSet set) =>
    [
        set.Name,
        File.Exists(Path.Combine(ProblemReader.Folder, set.Name + ProblemImport.Ending)) ? "imported" : "-",
        set.Problems.ToString(CultureInfo.InvariantCulture),
        $"{set.Title}; answers: {set.Answers}. {set.Rights}",
    ];
}
