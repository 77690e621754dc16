using System.CommandLine;
using CognitiveTools.Cli.Hosting;
using CognitiveTools.Llama.Gguf;
using CognitiveTools.Models.Catalog;

namespace CognitiveTools.Cli.Models;

/// <summary><c>cogtools models path</c>: where a model's file is, for scripts.</summary>
internal static class ModelsPathCommand
{
    private static readonly Argument<string> Reference = new("model")
    {
        Description = "A model as `--model` names it",
    };

    public static Command Create()
    {
        var command = new Command("path", "Print the path of a model's file; of a split model, the first") { Reference };
        command.SetGuardedAction(async (parse, _) =>
        {
            var model = new ModelStore(ModelCatalog.Load()).Require(parse.GetValue(Reference)!);
            RequireReadable(model);
            await parse.InvocationConfiguration.Output.WriteLineAsync(model.Path);
            return ExitCodes.Success;
        });
        return command;
    }

    /// <exception cref="FormatException">A file of the model, or its adapter, is damaged, incomplete or something else.</exception>
    private static void RequireReadable(ResolvedModel model)
    {
        if (!RecurrentModel.Is(model))
            GgufModelFile.Open(model.Path).Dispose();
        if (model.Change.Lora is { } adapter)
            GgufFile.Open(adapter).Dispose();
    }
}
