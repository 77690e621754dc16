using System.Globalization;
using System.Runtime.InteropServices;
using CognitiveTools.Chat;
using CognitiveTools.Cli.Hosting;
using CognitiveTools.Llama.Engine;
using CognitiveTools.Llama.Facts;
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
        var natives = LlamaDoctor.InspectNatives();
        var model = LlamaDoctor.InspectModel(host.Llama);
        var profile = host.Services.GetRequiredService<PromptProfile>();
        var engine = host.Services.GetRequiredService<IOptions<LlamaEngineOptions>>().Value;
        var facts = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["name"] = Path.GetFileNameWithoutExtension(host.Model.Path),
            ["sha256"] = await ModelFile.HashAsync(host.Model, cancellationToken),
            ["description"] = model.Description,
            ["engine"] = "llama.cpp " + natives.Version,
            ["context"] = host.Engine.ContextLength.ToString(CultureInfo.InvariantCulture),
            ["deterministic"] = host.Engine.Deterministic ? "yes" : "no",
            ["prompts"] = $"{profile.Name} {profile.Hash}",
        };
        foreach (var other in others)
        {
            var prompts = other.Services.GetRequiredService<PromptProfile>();
            facts[$"model {other.Model.Reference}"] = $"{await ModelFile.HashAsync(other.Model, cancellationToken)}, prompts {prompts.Name} {prompts.Hash}";
        }

        return new RunFacts(
            facts,
            new SortedDictionary<string, string>(StringComparer.Ordinal)
            {
                ["system"] = RuntimeInformation.OSDescription,
                ["runtime"] = RuntimeInformation.FrameworkDescription,
                ["cores"] = Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture),
                ["devices"] = string.Join("; ", natives.Devices.Select(d => d.Description)),
                ["threads"] = host.Engine.Threads.ToString(CultureInfo.InvariantCulture),
                ["sequences"] = engine.MaxSequences.ToString(CultureInfo.InvariantCulture),
                [Grammar] = ChatCapabilities.Of(host.Services.GetRequiredKeyedService<IChatClient>("verbal")).Grammar ? "yes" : "no",
                ["cache"] = host.Engine.CacheLength.ToString(CultureInfo.InvariantCulture),
            });
    }
}
