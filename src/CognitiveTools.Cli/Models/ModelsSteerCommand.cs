using System.CommandLine;
using System.Globalization;
using CognitiveTools.Cli.Help;
using CognitiveTools.Cli.Hosting;
using CognitiveTools.Identity;
using CognitiveTools.Llama.Steering;
using CognitiveTools.Models.Integrity;

namespace CognitiveTools.Cli.Models;

/// <summary><c>cogtools models steer</c>: a control vector from contrast pairs, or from a feature of a sparse autoencoder.</summary>
internal static class ModelsSteerCommand
{
    private const int MostLayers = 10_000;

    private static readonly Option<FileInfo?> Pairs = new("--pairs")
    {
        Description = "Contrast pairs, JSON Lines of positive and negative: texts, or lists of messages",
        HelpName = "FILE",
    };

    private static readonly Option<FileInfo?> Autoencoder = new("--sae")
    {
        Description = "A sparse autoencoder of this model, instead of pairs: coglab train, objective sparse-code",
        HelpName = "FILE",
    };

    private static readonly Option<int?> Feature = new Option<int?>("--feature")
    {
        Description = "Its feature whose direction, of length 1, is the vector",
        HelpName = "N",
    }.Within(0, 1_000_000);

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
        var command = new Command(
            "steer", "Compute a control vector: the mean difference of hidden states over contrast pairs, or a feature's direction");
        command.AddGroup("What to compute", Pairs, Autoencoder, Feature, Output, First, Last);
        var model = new ModelOptions(runsReasoners: false);
        model.AddTo(command);
        command.SetGuardedAction(async (parse, cancellationToken) =>
        {
            var (source, feature) = Source(parse);
            var pairs = feature is null ? ContrastFile.Read(source) : [];
            var autoencoder = feature is null ? null : SparseAutoencoder.Read(source);
            await using var host = ModelHost.Create(model.Read(parse));
            var vector = autoencoder?.Direction(feature!.Value)
                ?? MeanDifference.Compute(host.Llama, pairs, progress: null, cancellationToken)
                    .Within(parse.GetValue(First) ?? 1, parse.GetValue(Last) ?? host.Llama.LayerCount - 1);
            vector.Require(host.Model.Path, host.Llama.LayerWidth, host.Llama.LayerCount);
            var path = parse.GetValue(Output)!.FullName;
            var hash = await FileHash.OfAsync(source, cancellationToken);
            var origin = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["model_sha256"] = await ModelHash.OfAsync(host.Model.Path, cancellationToken),
            };
            if (autoencoder is null)
            {
                origin["method"] = "mean difference of the residual stream at the last position";
                origin["pairs"] = string.Create(CultureInfo.InvariantCulture, $"{pairs.Count}");
                origin["pairs_sha256"] = hash;
            }
            else
            {
                origin["method"] = "direction of a feature of a sparse autoencoder";
                origin["feature"] = string.Create(CultureInfo.InvariantCulture, $"{feature}");
                origin["sae_sha256"] = hash;
            }

            ControlVectorFile.Write(path, vector, Path.GetFileNameWithoutExtension(host.Model.Path), origin);
            var output = parse.InvocationConfiguration.Output;
            var from = autoencoder is null ? $"{pairs.Count} pairs" : $"feature {feature} of {autoencoder.Features}";
            await output.WriteLineAsync($"{path}: {from}, directions of {vector.Width} floats");
            foreach (var layer in vector.Layers)
            {
                var line = string.Create(CultureInfo.InvariantCulture, $"  layer {layer}: norm {vector.Norm(layer):0.000}");
                await output.WriteLineAsync(line);
            }

            return ExitCodes.Success;
        });
        return command;
    }

    private static (string Path, int? Feature) Source(ParseResult parse)
    {
        var (pairs, autoencoder, feature) = (parse.GetValue(Pairs), parse.GetValue(Autoencoder), parse.GetValue(Feature));
        if (pairs is null == autoencoder is null)
            throw new ArgumentException("Give either --pairs FILE or --sae FILE with --feature N.");
        if (autoencoder is null != feature is null)
            throw new ArgumentException("--sae FILE and --feature N go together: the feature's direction is the vector.");
        if (autoencoder is not null && (parse.GetValue(First) ?? parse.GetValue(Last)) is not null)
            throw new ArgumentException("An autoencoder has one layer; leave out --first-layer and --last-layer.");
        return ((pairs ?? autoencoder)!.FullName, feature);
    }
}
