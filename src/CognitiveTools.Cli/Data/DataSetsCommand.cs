using System.CommandLine;
using CognitiveTools.Cli.Problems;
using CognitiveTools.Evals.Imports;

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
            var width = KnownSets.All.Max(set => set.Name.Length);
            foreach (var set in KnownSets.All)
            {
                var here = File.Exists(Path.Combine(ProblemReader.Folder, set.Name + ProblemImport.Ending)) ? "imported" : "-";
                var summary = $"{set.Title}; answers: {set.Answers}. {set.Rights}";
                await output.WriteLineAsync($"{set.Name.PadRight(width)}  {here,-8}  {set.Problems,5}  {summary}");
            }

            await output.WriteLineAsync($"Folder: {ProblemReader.Folder} (set {ProblemReader.FolderVariable} to move it). "
                + "Import one with: cogtools data import NAME --from FILE");
            return ExitCodes.Success;
        });
        return command;
    }
}
