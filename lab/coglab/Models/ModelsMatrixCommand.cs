using System.CommandLine;
using System.Text;
using CognitiveTools.Cli;
using CognitiveTools.Lab.Bench.Architectures;
using CognitiveTools.Llama.Binding;
using CognitiveTools.Models.Catalog;

namespace CognitiveTools.Lab.Commands.Models;

/// <summary><c>coglab models matrix</c>: what the engine can do with each architecture, measured against separate runs.</summary>
internal static class ModelsMatrixCommand
{
    private static readonly Option<DirectoryInfo?> Toys = new("--toys")
    {
        Description = "A folder that `coglab models toys` wrote; needed for npm's llama.cpp, which does not say which tensors a model has",
        HelpName = "FOLDER",
    };

    public static Command Create()
    {
        var names = ToyNames.Argument();
        var command = new Command("matrix", "Measure the abilities of each architecture on toys, and print them as a Markdown table")
        {
            names, Toys,
        };
        command.SetGuardedAction(async (parse, cancellationToken) =>
        {
            var (output, errors) = (parse.InvocationConfiguration.Output, parse.InvocationConfiguration.Error);
            var vocabulary = new ModelStore(ModelCatalog.Load()).Require("mini").Path;
            var written = parse.GetValue(Toys);
            var folder = Directory.CreateTempSubdirectory("coglab-");
            try
            {
                var allEqual = true;
                await output.WriteLineAsync(Header());
                foreach (var toy in ToyNames.Find(parse.GetValue(names)!))
                {
                    if (!ToyModels.IsKnown(toy))
                    {
                        await errors.WriteLineAsync($"{toy.FileName}: not known to llama.cpp {NativeRuntime.Build.Name}");
                        continue;
                    }

                    var path = written is null
                        ? ToyModels.Write(toy, vocabulary, folder.FullName)
                        : Path.Combine(written.FullName, ToyModels.NameOf(toy));
                    var (results, problem) = await MeasureAsync(path, cancellationToken);
                    if (results is null)
                    {
                        allEqual = false;
                        await errors.WriteLineAsync($"{toy.FileName}: {problem}");
                        continue;
                    }

                    if (written is null)
                        File.Delete(path);
                    await output.WriteLineAsync(Row(toy, results));
                    foreach (var (ability, result) in results.Where(pair => !AbilityMatrix.IsAsExpected(toy, pair.Key, pair.Value)))
                    {
                        allEqual = false;
                        await errors.WriteLineAsync($"{toy.FileName}, {ability}: {result}");
                    }
                }

                await output.WriteLineAsync($"\nllama.cpp {NativeRuntime.Build.Name}");
                return allEqual ? ExitCodes.Success : ExitCodes.Attention;
            }
            finally
            {
                folder.Delete(recursive: true);
            }
        });
        return command;
    }

    // A toy that does not load on this build does not stop the others.
    private static async Task<(IReadOnlyDictionary<string, AbilityResult>? Results, string? Problem)> MeasureAsync(
        string path, CancellationToken cancellationToken)
    {
        try
        {
            return (await AbilityMatrix.MeasureAsync(path, cancellationToken), null);
        }
        catch (Exception e) when (e is InvalidOperationException or NotSupportedException or IOException or InvalidDataException)
        {
            return (null, e.Message);
        }
    }

    private static string Header()
    {
        var header = new StringBuilder("| architecture | models | memory |");
        var line = new StringBuilder("|---|---|---|");
        foreach (var ability in AbilityMatrix.Abilities)
        {
            header.Append(' ').Append(ability).Append(" |");
            line.Append("---|");
        }

        return $"{header}\n{line}";
    }

    private static string Row(ToyArchitecture toy, IReadOnlyDictionary<string, AbilityResult> results)
    {
        var cells = AbilityMatrix.Abilities.Select(ability => results[ability] is { Problem: null } result ? $"{result}" : "no");
        return $"| `{toy.FileName}` | {toy.Family} | {toy.Kind.ToString().ToLowerInvariant()} | {string.Join(" | ", cells)} |";
    }
}
