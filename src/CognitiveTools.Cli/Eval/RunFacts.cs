using System.Globalization;
using System.Runtime.InteropServices;
using CognitiveTools.Chat;
using CognitiveTools.Cli.Hosting;
using CognitiveTools.Llama.Engine;
using CognitiveTools.Llama.Facts;
using CognitiveTools.Onnx.Latents;
using CognitiveTools.Prompts;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CognitiveTools.Cli.Eval;

/// <summary>What a run's header records about model, prompts and machine.</summary>
/// <param name="Model">Facts that decide the output; a run is resumed only with the same ones.</param>
/// <param name="Host">Facts for the record.</param>
internal sealed record RunFacts(IReadOnlyDictionary<string, string> Model, IReadOnlyDictionary<string, string> Host)
{
    /// <summary>The fact that says whether the chat client was bound by grammars.</summary>
    public const string Grammar = "grammar";

    /// <param name="host">The run's own model.</param>
    /// <param name="others">Models that single arms name.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static async Task<RunFacts> OfAsync(ModelHost host, IEnumerable<ModelHost> others, CancellationToken cancellationToken)
    {
        var facts = host.Endpoint is { } endpoint ? Remote(endpoint)
            : host.Recurrent is { } recurrent ? await RecurrentAsync(host, recurrent, cancellationToken)
            : await LocalAsync(host, cancellationToken);
        var profile = host.Services.GetRequiredService<PromptProfile>();
        facts.Model["prompts"] = $"{profile.Name} {profile.Hash}";
        foreach (var other in others)
        {
            var prompts = other.Services.GetRequiredService<PromptProfile>();
            facts.Model[$"model {other.Model.Reference}"] = $"{await ModelFile.HashAsync(other.Model, cancellationToken)}, prompts {prompts.Name} {prompts.Hash}";
        }

        facts.Host["system"] = RuntimeInformation.OSDescription;
        facts.Host["runtime"] = RuntimeInformation.FrameworkDescription;
        facts.Host["cores"] = Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture);
        facts.Host[Grammar] = !host.IsRecurrent && ChatCapabilities.Of(host.Services.GetRequiredKeyedService<IChatClient>("verbal")).Grammar ? "yes" : "no";
        return new RunFacts(facts.Model, facts.Host);
    }

    private static async Task<(SortedDictionary<string, string> Model, SortedDictionary<string, string> Host)> LocalAsync(ModelHost host, CancellationToken cancellationToken)
    {
        var natives = LlamaDoctor.InspectNatives();
        var engine = host.Services.GetRequiredService<IOptions<LlamaEngineOptions>>().Value;
        var model = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["name"] = Path.GetFileNameWithoutExtension(host.Model.Path),
            ["sha256"] = await ModelFile.HashAsync(host.Model, cancellationToken),
            ["description"] = LlamaDoctor.InspectModel(host.Llama).Description,
            ["engine"] = "llama.cpp " + natives.Version,
            ["context"] = host.Engine.ContextLength.ToString(CultureInfo.InvariantCulture),
            ["deterministic"] = host.Engine.Deterministic ? "yes" : "no",
        };
        var machine = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["devices"] = string.Join("; ", natives.Devices.Select(d => d.Description)),
            ["threads"] = host.Engine.Threads.ToString(CultureInfo.InvariantCulture),
            ["sequences"] = engine.MaxSequences.ToString(CultureInfo.InvariantCulture),
            ["cache"] = host.Engine.CacheLength.ToString(CultureInfo.InvariantCulture),
        };
        return (model, machine);
    }

    private static async Task<(SortedDictionary<string, string> Model, SortedDictionary<string, string> Host)> RecurrentAsync(
        ModelHost host, OnnxLatentModel recurrent, CancellationToken cancellationToken)
    {
        var model = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["name"] = recurrent.Manifest.Name,
            ["sha256"] = await ModelFile.HashAsync(host.Model, cancellationToken),
            ["description"] = $"recurrent depth, {recurrent.Manifest.Parameters:N0} parameters, trained at a mean depth of {recurrent.Manifest.TrainedDepth}",
            ["engine"] = "ONNX Runtime " + OnnxLatentModel.RuntimeVersion,
            ["context"] = recurrent.ContextLength.ToString(CultureInfo.InvariantCulture),
            ["deterministic"] = "yes",
        };
        return (model, new SortedDictionary<string, string>(StringComparer.Ordinal));
    }

    // What runs behind an endpoint cannot be told; its name and address are all there is to compare.
    private static (SortedDictionary<string, string> Model, SortedDictionary<string, string> Host) Remote(EndpointChoice endpoint)
    {
        var model = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["name"] = endpoint.Model,
            ["engine"] = "chat completions",
            ["endpoint"] = endpoint.Address,
            ["deterministic"] = "no",
        };
        return (model, new SortedDictionary<string, string>(StringComparer.Ordinal));
    }
}
