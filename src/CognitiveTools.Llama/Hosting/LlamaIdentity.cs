using System.Globalization;
using CognitiveTools.Identity;
using CognitiveTools.Llama.Devices;
using CognitiveTools.Llama.Engine;
using CognitiveTools.Llama.Facts;
using CognitiveTools.Llama.Models;
using CognitiveTools.Llama.Workers;
using CognitiveTools.Models.Integrity;
using CognitiveTools.Models.Names;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CognitiveTools.Llama.Hosting;

/// <summary>
/// Identity of a host's llama.cpp model, in this process or a worker. Computed once: a loaded file does not change. How many
/// sequences share a decode is not part of it, and neither is the order in which units run: with
/// <see cref="LlamaEngineOptions.Deterministic"/> they have no effect, and without it their effect is random.
/// </summary>
internal sealed class LlamaIdentity(IServiceProvider services) : IModelIdentitySource
{
    private volatile ModelIdentity? _identity;

    public async ValueTask<ModelIdentity> IdentifyAsync(CancellationToken cancellationToken = default) =>
        _identity ??= await MakeAsync(cancellationToken).ConfigureAwait(false);

    private async Task<ModelIdentity> MakeAsync(CancellationToken cancellationToken)
    {
        var model = services.GetRequiredService<IOptions<LlamaModelOptions>>().Value;
        var engine = services.GetRequiredService<IOptions<LlamaEngineOptions>>().Value;
        var facts = services.GetService<LlamaWorker>() is { } worker
            ? await worker.InspectAsync(cancellationToken).ConfigureAwait(false)
            : LlamaDoctor.InspectEngine(services.GetRequiredService<LlamaEngine>());
        return new ModelIdentity
        {
            Name = NameOf(model.Path!),
            Engine = "llama.cpp " + facts.Version,
            Sha256 = await ModelHash.OfAsync(model.Path!, cancellationToken).ConfigureAwait(false),
            Description = facts.Model.Description,
            Context = facts.ContextLength,
            Deterministic = engine.Deterministic,
            Grammar = true,
            Thoughts = facts.Model.Thoughts,
            Sampling = facts.Model.Sampling,
            Changes = await ChangesAsync(model, cancellationToken).ConfigureAwait(false),
            Backend = Backend(model, engine, facts),
        };
    }

    // A part's number says nothing, and a blob of Ollama's store has its whole hash as its name.
    private static string NameOf(string path)
    {
        const string Blob = "sha256-";
        const int DigitsShown = 12;
        var name = SplitFileName.Parse(Path.GetFileName(path)) is { Stem.Length: > 0 } split
            ? split.Stem
            : Path.GetFileNameWithoutExtension(path);
        return name.StartsWith(Blob, StringComparison.Ordinal) && name.Length > Blob.Length + DigitsShown
            ? name[..(Blob.Length + DigitsShown)]
            : name;
    }

    private static async Task<IReadOnlyList<AppliedChange>> ChangesAsync(LlamaModelOptions model, CancellationToken cancellationToken)
    {
        var changes = new List<AppliedChange>();
        if (model.Lora is { } lora)
        {
            var hash = await FileHash.OfAsync(lora, cancellationToken).ConfigureAwait(false);
            changes.Add(new("lora", Path.GetFileName(lora), model.LoraScale.ToString("R", CultureInfo.InvariantCulture), hash));
        }

        changes.AddRange(model.Overrides.Select(change => new AppliedChange("set", change.Key, change.Value)));
        if (model.ChatTemplate is { } template)
        {
            var length = string.Create(CultureInfo.InvariantCulture, $"{template.Length} characters");
            changes.Add(new("chat_template", "given", length, FieldHash.Of([template])));
        }

        if (model.ThoughtFormat is { } thoughts)
            changes.Add(new("thought_format", "given", thoughts));
        changes.AddRange(model.TemplateVariables.OrderBy(static v => v.Key, StringComparer.Ordinal)
            .Select(static variable => new AppliedChange("template_variable", variable.Key, variable.Value)));
        if (model.TemplateDate is { } date)
            changes.Add(new("template_date", "given", date.ToString("s", CultureInfo.InvariantCulture)));

        return changes;
    }

    private static IReadOnlyDictionary<string, string> Backend(LlamaModelOptions model, LlamaEngineOptions engine, EngineFacts facts)
    {
        string[] gpus = [.. facts.Devices.Where(DeviceCheck.IsGpu).Select(device => device.Description)];
        var backend = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["natives"] = facts.Natives,
            ["devices"] = gpus.Length > 0 ? string.Join("; ", gpus) : "cpu",
            ["instructions"] = facts.Instructions,
            ["gpu_layers"] = Text(model.GpuLayers),
            ["batch_size"] = Text(engine.BatchSize),
            ["attention"] = facts.Attention,
            ["threads"] = Text(facts.Threads),
            ["batch_threads"] = Text(engine.BatchThreads ?? facts.Threads),
        };
        if (facts.CacheType is { } type)
            backend["cache_type"] = type;
        return SortedFacts.Of(backend);

        static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
    }
}
