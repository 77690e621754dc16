using System.Diagnostics;
using CognitiveTools.Identity;
using CognitiveTools.Llama.Binding;
using CognitiveTools.Llama.Devices;
using CognitiveTools.Llama.Engine;
using CognitiveTools.Llama.Models;
using CognitiveTools.Llama.Natives;
using CognitiveTools.Llama.Templates.Conversations;
using CognitiveTools.Llama.Thoughts;
using CognitiveTools.Models.Integrity;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Llama.Facts;

/// <summary>Gathers the facts of an installation for reports. Embedding parity: <see cref="Latents.EmbeddingParity"/>.</summary>
internal static unsafe class LlamaDoctor
{
    // Loaded libraries stay loaded.
    private static readonly Lazy<string> LibrariesHash = new(HashOfLibraries, LazyThreadSafetyMode.PublicationOnly);

    /// <summary>Loads the libraries and describes them.</summary>
    /// <exception cref="DllNotFoundException">The libraries are missing; the message says what to do.</exception>
    /// <exception cref="NotSupportedException">They are of another version, or no CPU variant runs here.</exception>
    public static NativeFacts InspectNatives(NativeOptions? options = null)
    {
        var location = NativeLibraryLocator.Find(options);
        var loaded = NativeRuntime.Load(location);
        return new(
            loaded.Directory,
            location.Source,
            location.Variant.ToString(),
            LoadedFrom(loaded.Directory),
            NativeRuntime.Build.Name,
            [.. Enumerable.Range(0, (int)NativeMethods.ggml_backend_reg_count()).Select(NameOfBackend)],
            DeviceList.Read(),
            SystemInfo(),
            NativeRuntime.Verified)
        {
            MissingArchitectures = NativeRuntime.Build.MissingArchitectures,
        };
    }

    /// <summary>Describes a loaded model.</summary>
    public static ModelFacts InspectModel(LlamaModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var chat = ExamineChat(model);
        var thoughts = ThoughtFormat.Of(model) is { IsInTemplate: true } format ? format : null;
        return new(
            model.Path,
            model.Description,
            model.Metadata("general.architecture") ?? "unknown",
            model.ParameterCount,
            model.SizeInBytes,
            model.LayerCount,
            model.EmbeddingLength,
            model.Tokenizer.Count,
            model.TrainedContextLength,
            chat.Problem,
            thoughts?.Name)
        {
            ThinksInLevels = thoughts is { HasLevels: true },
            Sampling = model.Sampling.Facts,
            UnusedSampling = model.Sampling.Unused,
            Template = chat.Template?.Description,
            RenderedTurn = chat.Turn,
            TemplateVariables = chat.Template?.Variables ?? [],
        };
    }

    /// <summary>Describes an engine and its model.</summary>
    public static EngineFacts InspectEngine(LlamaEngine engine)
    {
        ArgumentNullException.ThrowIfNull(engine);
        var devices = DeviceList.Read();
        return new(NativeRuntime.Build.Name, devices, InspectModel(engine.Model), engine.ContextLength, engine.CacheLength, engine.Threads)
        {
            Instructions = SystemInfo(),
            Natives = LibrariesHash.Value,
            Sequences = engine.Plan.MaxSequences,
            ContextReason = engine.Plan.Reason,
            CacheType = engine.CacheType == CacheType.F16 ? null : LlamaEngineOptions.Q8,
            Attention = engine.PlainAttention ? "plain" : "auto",
            Slower = devices.Any(DeviceCheck.IsGpu)
                ? null
                : BuildSpeeds.NoteOn(NativeRuntime.Build.Name, engine.Model.Metadata("general.file_type"), NativePackage.ForThisPlatform),
        };
    }

    private static string NameOfBackend(int index) =>
        NativeRuntime.Text(NativeMethods.ggml_backend_reg_name(NativeMethods.ggml_backend_reg_get((nuint)index)));

    private static string HashOfLibraries()
    {
        var hashes = new FileHashes();
        return FieldHash.Of(LoadedFrom(NativeRuntime.Loaded!.Directory)
            .Where(static file => Path.GetFileName(file) is var name
                && (name.Contains("llama", StringComparison.Ordinal) || name.Contains("ggml", StringComparison.Ordinal)))
            .SelectMany(file => new[] { Path.GetFileName(file), hashes.Of(file) }));
    }

    private static string SystemInfo() => NativeRuntime.Text(NativeMethods.llama_print_system_info()).Trim();

    private static (ChatTemplate? Template, string? Turn, string? Problem) ExamineChat(LlamaModel model)
    {
        ChatTemplate? template = null;
        try
        {
            template = model.Tokenizer.Chat.Template;
            ChatMessage[] turn = [new(ChatRole.User, "Hello")];
            var rendered = string.Concat(template.Render(turn, PromptSettings.None).Select(static span => span.Text));
            model.Tokenizer.EncodeChat(turn);
            return (template, rendered, null);
        }
        catch (NotSupportedException e)
        {
            return (template, null, e.Message);
        }
    }

    private static IReadOnlyList<string> LoadedFrom(string directory)
    {
        using var process = Process.GetCurrentProcess();
        return [.. process.Modules.Cast<ProcessModule>().Select(static m => m.FileName)
            .Where(file => file.StartsWith(directory, StringComparison.Ordinal))
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }
}
