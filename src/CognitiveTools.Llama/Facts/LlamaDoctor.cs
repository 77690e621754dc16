using System.Diagnostics;
using CognitiveTools.Identity;
using CognitiveTools.Llama.Binding;
using CognitiveTools.Llama.Engine;
using CognitiveTools.Llama.Integrity;
using CognitiveTools.Llama.Models;
using CognitiveTools.Llama.Natives;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Llama.Facts;

/// <summary>Gathers what a report about an installation shows. Embedding parity: <see cref="Latents.EmbeddingParity"/>.</summary>
public static unsafe class LlamaDoctor
{
    // Loaded libraries stay loaded.
    private static readonly Lazy<string> LibrariesHash = new(HashOfLibraries, LazyThreadSafetyMode.PublicationOnly);

    /// <summary>Loads the libraries and says what was loaded.</summary>
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
            [.. Enumerable.Range(0, (int)NativeMethods.ggml_backend_reg_count()).Select(static i => NativeRuntime.Text(NativeMethods.ggml_backend_reg_name(NativeMethods.ggml_backend_reg_get((nuint)i))))],
            Devices(),
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
            model.CanRewind,
            ChatProblem(model));
    }

    /// <summary>Describes an engine and its model.</summary>
    public static EngineFacts InspectEngine(LlamaEngine engine)
    {
        ArgumentNullException.ThrowIfNull(engine);
        var devices = Devices();
        return new(NativeRuntime.Build.Name, devices, InspectModel(engine.Model), engine.ContextLength, engine.CacheLength, engine.Threads)
        {
            Instructions = SystemInfo(),
            Natives = LibrariesHash.Value,
            Attention = engine.PlainAttention ? "plain" : "auto",
            Slower = devices.Any(DeviceCheck.IsGpu) ? null : BuildSpeeds.NoteOn(NativeRuntime.Build.Name, engine.Model.Metadata("general.file_type"), NativePackage.ForThisPlatform),
        };
    }

    /// <summary>The devices of the loaded libraries, with what is free on them now.</summary>
    internal static IReadOnlyList<DeviceFacts> Devices() =>
        [.. Enumerable.Range(0, (int)NativeMethods.ggml_backend_dev_count()).Select(static i => Describe(NativeMethods.ggml_backend_dev_get((nuint)i)))];

    private static string HashOfLibraries()
    {
        var hashes = new FileHashes();
        return FieldHash.Of(LoadedFrom(NativeRuntime.Loaded!.Directory)
            .Where(static file => Path.GetFileName(file) is var name && (name.Contains("llama", StringComparison.Ordinal) || name.Contains("ggml", StringComparison.Ordinal)))
            .SelectMany(file => new[] { Path.GetFileName(file), hashes.Of(file) }));
    }

    private static string SystemInfo() => NativeRuntime.Text(NativeMethods.llama_print_system_info()).Trim();

    private static string? ChatProblem(LlamaModel model)
    {
        try
        {
            model.Tokenizer.EncodeChat([new(ChatRole.User, "x")]);
            return null;
        }
        catch (NotSupportedException e)
        {
            return e.Message;
        }
    }

    private static IReadOnlyList<string> LoadedFrom(string directory)
    {
        using var process = Process.GetCurrentProcess();
        return [.. process.Modules.Cast<ProcessModule>().Select(static m => m.FileName)
            .Where(file => file.StartsWith(directory, StringComparison.Ordinal))
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    private static DeviceFacts Describe(nint device)
    {
        nuint free, total;
        NativeMethods.ggml_backend_dev_memory(device, &free, &total);
        var kind = NativeMethods.ggml_backend_dev_type(device) switch
        {
            0 => "cpu",
            1 => "gpu",
            2 => "integrated gpu",
            _ => "accelerator",
        };
        // The library says of a processor that all of its memory is free.
        var free64 = kind == "cpu" ? Math.Min((long)free, SystemMemory.AvailableBytes()) : (long)free;
        return new(NativeRuntime.Text(NativeMethods.ggml_backend_dev_name(device)), NativeRuntime.Text(NativeMethods.ggml_backend_dev_description(device)), kind, free64, (long)total);
    }
}
