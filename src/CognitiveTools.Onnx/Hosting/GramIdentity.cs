using System.Globalization;
using CognitiveTools.Identity;
using CognitiveTools.Onnx.Latents;
using CognitiveTools.Onnx.Models;
using CognitiveTools.Onnx.Recursion;
using Microsoft.Extensions.Options;

namespace CognitiveTools.Onnx.Hosting;

/// <summary>Identity of a host's GRAM. The manifest's hash covers the graph: the manifest holds its hash, which is checked.</summary>
internal sealed class GramIdentity(OnnxRecursiveModel model, IOptions<OnnxModelOptions> options) : IModelIdentitySource
{
    private volatile ModelIdentity? _identity;

    public async ValueTask<ModelIdentity> IdentifyAsync(CancellationToken cancellationToken = default) =>
        _identity ??= new ModelIdentity
        {
            Name = model.Manifest.Name,
            Engine = "ONNX Runtime " + OnnxLatentModel.RuntimeVersion,
            Sha256 = await FileHash.OfAsync(model.Path, cancellationToken).ConfigureAwait(false),
            Description = string.Create(
                CultureInfo.InvariantCulture,
                $"GRAM for {model.Manifest.Puzzle}, {model.Manifest.Parameters:N0} parameters, trained on {model.Steps} steps"),
            Context = model.Cells,
            Deterministic = true,
            Backend = SortedFacts.Of(new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["threads"] = options.Value.Threads.ToString(CultureInfo.InvariantCulture),
                ["devices"] = model.Provider,
            }),
        };
}
