using CognitiveTools.Cli.Configuration;
using CognitiveTools.Llama.Natives;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Cli.Hosting;

/// <summary>What the command line says about the model; <see langword="null"/> leaves it to settings and defaults.</summary>
internal sealed record ModelChoice
{
    public string? Reference { get; init; }

    /// <summary>A remote model instead of a local one.</summary>
    public EndpointChoice? Endpoint { get; init; }

    public string? Profile { get; init; }

    /// <summary>A file or the name of a built-in chat template.</summary>
    public string? ChatTemplate { get; init; }

    public int? Context { get; init; }

    /// <summary>The limits of one problem, for which the context is chosen; <see langword="null"/> when the command has none.</summary>
    public Budget? Budget { get; init; }

    /// <summary>How keys and values are stored in the cache.</summary>
    public string? CacheType { get; init; }

    public int? Threads { get; init; }

    public NativeVariant? Backend { get; init; }

    public int? GpuLayers { get; init; }

    public bool Deterministic { get; init; }

    public EngineHost? Host { get; init; }

    public string? Natives { get; init; }

    /// <summary>Whether tools may run model-written code; only for questions from trusted callers.</summary>
    public bool Code { get; init; } = true;

    public bool Verbose { get; init; }

    /// <summary>Whether the command serves clients: requests and faults are then logged to standard error.</summary>
    public bool Serves { get; init; }

    /// <summary>The settings that complete the choice; read where they are needed when left out.</summary>
    public LoadedSettings? Settings { get; init; }

    /// <summary>The options given that say how a local model runs.</summary>
    public IReadOnlyList<string> OptionsOfLocalModels() =>
    [
        .. new (string Name, bool IsGiven)[]
        {
            ("--context", Context is not null),
            ("--cache-type", CacheType is not null),
            ("--threads", Threads is not null),
            ("--backend", Backend is not null),
            ("--gpu-layers", GpuLayers is not null),
            ("--deterministic", Deterministic),
            (EngineHosts.Option, Host is not null),
            ("--natives", Natives is not null),
        }.Where(static option => option.IsGiven).Select(static option => option.Name),
    ];
}
