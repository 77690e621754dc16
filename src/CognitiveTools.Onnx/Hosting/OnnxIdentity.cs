using System.Globalization;
using CognitiveTools.Identity;
using CognitiveTools.Onnx.Latents;
using CognitiveTools.Onnx.Models;
using Microsoft.Extensions.Options;

namespace CognitiveTools.Onnx.Hosting;

/// <summary>
/// Identity of a host's recurrent-depth model. The manifest's hash covers the graphs: the manifest holds their hashes, which are checked.
/// </summary>
internal sealed class OnnxIdentity(OnnxLatentModel model, IOptions<OnnxModelOptions> options) : IModelIdentitySource
{
    private volatile ModelIdentity? _identity;

    public async ValueTask<ModelIdentity> IdentifyAsync(CancellationToken cancellationToken = default) =>
        _identity ??= await MakeAsync(cancellationToken).ConfigureAwait(false);

    private async Task<ModelIdentity> MakeAsync(CancellationToken cancellationToken)
    {
        var manifest = model.Manifest;
        return new ModelIdentity
        {
            Name = manifest.Name,
            Engine = "ONNX Runtime " + OnnxLatentModel.RuntimeVersion,
            Sha256 = await FileHash.OfAsync(model.Path, cancellationToken).ConfigureAwait(false),
            Description = string.Create(
                CultureInfo.InvariantCulture,
                $"recurrent depth, {manifest.Parameters:N0} parameters, trained at a mean depth of {manifest.TrainedDepth}"),
            Context = model.ContextLength,
            Deterministic = true,
            Backend = SortedFacts.Of(new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["depth"] = model.Depth.ToString(),
                ["seed"] = options.Value.Seed.ToString(CultureInfo.InvariantCulture),
                ["threads"] = options.Value.Threads.ToString(CultureInfo.InvariantCulture),
                ["devices"] = model.Provider,
            }),
        };
    }
}
