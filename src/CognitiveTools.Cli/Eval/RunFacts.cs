using System.Globalization;
using System.Runtime.InteropServices;
using CognitiveTools.Chat;
using CognitiveTools.Cli.Hosting;
using CognitiveTools.Code;
using CognitiveTools.Llama.Engine;
using CognitiveTools.Llama.Steering;
using CognitiveTools.Onnx.Latents;
using CognitiveTools.Prompts;
using CognitiveTools.Tools;
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

    /// <summary>The fact that says whether the chat client was asked for native function calls.</summary>
    public const string FunctionCalls = "functionCalls";

    /// <summary>What the facts begin with that say how programs of a language are kept apart.</summary>
    public const string Sandbox = "sandbox ";

    /// <param name="host">The run's own model.</param>
    /// <param name="others">Models that single arms name.</param>
    /// <param name="files">Further files that decide the output, as arms name them.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static async Task<RunFacts> OfAsync(ModelHost host, IEnumerable<ModelHost> others, IEnumerable<string> files, CancellationToken cancellationToken)
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
            if (await ModelFile.ChangeAsync(other.Model, cancellationToken) is { Length: > 0 } change)
                facts.Model[$"model {other.Model.Reference}"] += ", " + change;
        }

        foreach (var file in files)
            facts.Model[$"file {file}"] = await ModelFile.HashAsync(ControlVectorFile.Find(file), cancellationToken);

        facts.Host["system"] = RuntimeInformation.OSDescription;
        facts.Host["runtime"] = RuntimeInformation.FrameworkDescription;
        facts.Host["cores"] = Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture);
        var capabilities = host.IsRecurrent ? ChatCapabilities.None : ChatCapabilities.Of(host.Services.GetRequiredKeyedService<IChatClient>("verbal"));
        facts.Host[Grammar] = capabilities.Grammar ? "yes" : "no";
        facts.Host[FunctionCalls] = capabilities.FunctionCalls ? "yes" : "no";
        foreach (var (language, level) in await SandboxLevelsAsync(host, cancellationToken))
            facts.Host[Sandbox + language] = level;
        return new RunFacts(facts.Model, facts.Host);
    }

    // Only of the languages that the host's tools run: to find out about Python, a process has to be started.
    private static async Task<List<(string Language, string Level)>> SandboxLevelsAsync(ModelHost host, CancellationToken cancellationToken)
    {
        var levels = new List<(string Language, string Level)>();
        var sandbox = host.Services.GetRequiredService<ICodeSandbox>();
        foreach (var language in host.Services.GetRequiredService<ToolCatalog>().Tools.Select(t => t.Runs).OfType<string>().Distinct(StringComparer.Ordinal))
        {
            if (await sandbox.FindAsync(language, cancellationToken) is { } runner)
                levels.Add((language, $"{runner.Level.ToName()}: {runner.Protection}"));
        }

        return levels;
    }

    private static async Task<(SortedDictionary<string, string> Model, SortedDictionary<string, string> Host)> LocalAsync(ModelHost host, CancellationToken cancellationToken)
    {
        var facts = await host.InspectAsync(cancellationToken);
        var engine = host.Services.GetRequiredService<IOptions<LlamaEngineOptions>>().Value;
        var model = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["name"] = Path.GetFileNameWithoutExtension(host.Model.Path),
            ["sha256"] = await ModelFile.HashAsync(host.Model, cancellationToken),
            ["description"] = facts.Model.Description,
            ["engine"] = "llama.cpp " + facts.Version,
            ["context"] = facts.ContextLength.ToString(CultureInfo.InvariantCulture),
            ["deterministic"] = engine.Deterministic ? "yes" : "no",
        };
        if (await ModelFile.ChangeAsync(host.Model, cancellationToken) is { Length: > 0 } change)
            model["change"] = change;
        var machine = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["host"] = host.Worker is null ? "inprocess" : "process",
            ["devices"] = string.Join("; ", facts.Devices.Select(d => d.Description)),
            ["threads"] = facts.Threads.ToString(CultureInfo.InvariantCulture),
            ["sequences"] = engine.MaxSequences.ToString(CultureInfo.InvariantCulture),
            ["cache"] = facts.CacheLength.ToString(CultureInfo.InvariantCulture),
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
