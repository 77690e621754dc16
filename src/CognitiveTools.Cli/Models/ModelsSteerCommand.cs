using System.CommandLine;
using System.Globalization;
using CognitiveTools.Cli.Help;
using CognitiveTools.Cli.Hosting;
using CognitiveTools.Identity;
using CognitiveTools.Llama.Steering;
using CognitiveTools.Models.Integrity;

namespace CognitiveTools.Cli.Models;

/// <summary><c>cogtools models steer</c>: a control vector from contrast pairs.</summary>
internal static class ModelsSteerCommand
{
    private const int MostLayers = 10_000;

    private static readonly Option<FileInfo> Pairs = new("--pairs")
    {
        Description = "Contrast pairs, JSON Lines of positive and negative: texts, or lists of messages",
        Required = true,
        HelpName = "FILE",
    };

    private static readonly Option<FileInfo> Output = new("--out", "-o")
    {
        Description = "The GGUF file to write",
        Required = true,
        HelpName = "FILE",
    };

    private static readonly Option<int?> First = new Option<int?>("--first-layer")
    {
        Description = "First layer kept [default: 1]",
        HelpName = "N",
    }.Within(1, MostLayers);

    private static readonly Option<int?> Last = new Option<int?>("--last-layer")
    {
        Description = "Last layer kept [default: the model's last]",
        HelpName = "N",
    }.Within(1, MostLayers);

    public static Command Create()
    {
        var command = new Command("steer", "Compute a control vector: the mean difference of hidden states over contrast pairs");
        command.AddGroup("What to compute", Pairs, Output, First, Last);
        var model = new ModelOptions(runsReasoners: false);
        model.AddTo(command);
        command.SetGuardedAction(async (parse, cancellationToken) =>
        {
            var pairs = ContrastFile.Read(parse.GetValue(Pairs)!.FullName);
            await using var host = ModelHost.Create(model.Read(parse));
            var vector = MeanDifference.Compute(host.Llama, pairs, progress: null, cancellationToken)
                .Within(parse.GetValue(First) ?? 1, parse.GetValue(Last) ?? host.Llama.LayerCount - 1);
            var path = parse.GetValue(Output)!.FullName;
            var origin = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["method"] = "mean difference of the residual stream at the last position",
                ["pairs"] = string.Create(CultureInfo.InvariantCulture, $"{pairs.Count}"),
                ["pairs_sha256"] = await FileHash.OfAsync(parse.GetValue(Pairs)!.FullName, cancellationToken),
                ["model_sha256"] = await ModelHash.OfAsync(host.Model.Path, cancellationToken),
            };
            ControlVectorFile.Write(path, vector, Path.GetFileNameWithoutExtension(host.Model.Path), origin);
            var output = parse.InvocationConfiguration.Output;
            await output.WriteLineAsync($"{path}: {pairs.Count} pairs, directions of {vector.Width} floats");
            foreach (var layer in vector.Layers)
            {
                var line = string.Create(CultureInfo.InvariantCulture, $"  layer {layer}: norm {vector.Norm(layer):0.000}");
                await output.WriteLineAsync(line);
            }

            return ExitCodes.Success;
        });
        return command;
    }
}
