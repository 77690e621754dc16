using System.CommandLine;
using CognitiveTools.Cli;
using CognitiveTools.Lab.Bench.Architectures;
using CognitiveTools.Models.Catalog;

namespace CognitiveTools.Lab.Commands.Models;

/// <summary><c>coglab models toys</c>: small random models, one of each architecture.</summary>
internal static class ModelsToysCommand
{
    private static readonly Option<DirectoryInfo> Output = new("--out", "-o")
    {
        Description = "The folder to write to",
        Required = true,
        HelpName = "FOLDER",
    };

    private static readonly Option<FileInfo?> Vocabulary = new("--vocabulary")
    {
        Description = "A GGUF file whose vocabulary and chat template the toys have [default: mini]",
        HelpName = "FILE",
    };

    public static Command Create()
    {
        var names = ToyNames.Argument();
        var command = new Command("toys", "Write a small random model of each architecture, for tests of everything but answers")
        {
            names, Output, Vocabulary,
        };
        command.SetGuardedAction(async (parse, _) =>
        {
            var output = parse.InvocationConfiguration.Output;
            var vocabulary = parse.GetValue(Vocabulary)?.FullName ?? new ModelStore(ModelCatalog.Load()).Require("mini").Path;
            var complete = true;
            foreach (var toy in ToyNames.Find(parse.GetValue(names)!))
            {
                var isKnown = ToyModels.IsKnown(toy);
                complete &= isKnown;
                var path = isKnown ? ToyModels.Write(toy, vocabulary, parse.GetValue(Output)!.FullName) : null;
                await output.WriteLineAsync(path is null
                    ? $"{toy.FileName}: this build of llama.cpp does not know {toy.Name}."
                    : $"{path}: {new FileInfo(path).Length:N0} bytes");
            }

            return complete ? ExitCodes.Success : ExitCodes.Attention;
        });
        return command;
    }
}
