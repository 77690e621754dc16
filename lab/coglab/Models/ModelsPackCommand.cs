using System.CommandLine;
using CognitiveTools.Cli;
using CognitiveTools.Lab.Training.Packing;
using CognitiveTools.Llama.Gguf;

namespace CognitiveTools.Lab.Commands.Models;

/// <summary><c>coglab models pack</c>: trained weights into a GGUF file.</summary>
internal static class ModelsPackCommand
{
    private static readonly Option<FileInfo> Weights = new("--weights")
    {
        Description = "The safetensors file",
        Required = true,
        HelpName = "FILE",
    };

    private static readonly Option<FileInfo> Config = new("--config")
    {
        Description = "The model's dimensions as JSON",
        Required = true,
        HelpName = "FILE",
    };

    private static readonly Option<FileInfo> Vocabulary = new("--vocab")
    {
        Description = "The vocabulary, one escaped token per line",
        Required = true,
        HelpName = "FILE",
    };

    private static readonly Option<FileInfo> Output = new("--out", "-o")
    {
        Description = "The GGUF file to write",
        Required = true,
        HelpName = "FILE",
    };

    private static readonly Option<string> Type = new("--type") { Description = "Type of the matrices", DefaultValueFactory = _ => "q8_0" };

    private static readonly Option<string?> Name = new("--name") { Description = "The model's name in the file", HelpName = "TEXT" };

    private static readonly Dictionary<string, GgufTensorType> Types = new(StringComparer.Ordinal)
    {
        ["q8_0"] = GgufTensorType.Q8_0,
        ["f16"] = GgufTensorType.F16,
        ["f32"] = GgufTensorType.F32,
    };

    public static Command Create()
    {
        var command = new Command("pack", "Pack weights trained by models/training into a GGUF file")
        {
            Weights, Config, Vocabulary, Output, Type, Name,
        };
        Type.AcceptOnlyFromAmong([.. Types.Keys]);
        command.SetGuardedAction(async (parse, _) =>
        {
            var report = LlamaPacker.Pack(new LlamaPackOptions
            {
                Weights = parse.GetValue(Weights)!.FullName,
                Config = parse.GetValue(Config)!.FullName,
                Vocabulary = parse.GetValue(Vocabulary)!.FullName,
                Output = parse.GetValue(Output)!.FullName,
                Type = Types[parse.GetValue(Type)!],
                Name = parse.GetValue(Name),
            });
            await parse.InvocationConfiguration.Output.WriteLineAsync(
                $"{report.Path}: {report.Parameters:N0} parameters in {report.Tensors} tensors, {report.Bytes:N0} bytes");
            return ExitCodes.Success;
        });
        return command;
    }
}
