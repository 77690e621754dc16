using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using CognitiveTools.Llama.Gguf;

namespace CognitiveTools.Llama.Engine;

/// <summary>How one engine uses its model.</summary>
public sealed class LlamaEngineOptions
{
    internal const string F16 = "f16", Q8 = "q8_0";

    /// <summary>Positions one sequence may hold.</summary>
    /// <value>
    /// <see langword="null"/>: what the model was trained for, at most 32,768, halved until the cache of one sequence takes no more than a
    /// quarter of the free memory, but not below 4,096.
    /// </value>
    [Range(GgufHyperparameterCheck.LeastContext, int.MaxValue)]
    public int? ContextLength { get; set; }

    /// <summary>
    /// Positions all sequences may hold together; a shared prefix counts once. At least <see cref="ContextLength"/> and
    /// <see cref="MaxSequences"/>; less is raised to them.
    /// </summary>
    /// <value><see langword="null"/>: as many context lengths as a quarter of the free memory holds, 1 to 4.</value>
    [Range(GgufHyperparameterCheck.LeastContext, int.MaxValue)]
    public int? CacheLength { get; set; }

    /// <summary>
    /// How keys and values are stored in the cache: <c>f16</c>, or <c>q8_0</c>, which takes 53% of the memory and changes results slightly.
    /// </summary>
    /// <value><see langword="null"/>: f16.</value>
    [AllowedValues(null, F16, Q8, ErrorMessage = "CacheType must be f16 or q8_0.")]
    public string? CacheType { get; set; }

    /// <summary>The maximum of open sequences, idle prefixes included; further ones wait.</summary>
    /// <value>
    /// <see langword="null"/>: 32; for a model with recurrent states as many as an eighth of the free memory holds, 4 to 32.
    /// </value>
    [Range(1, 256)]
    public int? MaxSequences { get; set; }

    /// <summary>Idle prefixes kept for reuse at most; the least recently used are evicted first.</summary>
    /// <value>8.</value>
    [Range(0, 256)]
    public int IdlePrefixes { get; set; } = 8;

    /// <summary>Rows of one decode at most.</summary>
    /// <value>512.</value>
    [Range(1, 8192)]
    public int BatchSize { get; set; } = 512;

    /// <summary>Threads of a decode with few rows.</summary>
    /// <value>
    /// <see langword="null"/>: the cores, or half of them on machines with more than four; 1 for a model so small that threads would wait
    /// for each other longer than they work.
    /// </value>
    [Range(1, 1024)]
    public int? Threads { get; set; }

    /// <summary>Threads of a decode with many rows.</summary>
    /// <value><see langword="null"/>: as <see cref="Threads"/>.</value>
    [Range(1, 1024)]
    public int? BatchThreads { get; set; }

    /// <summary>
    /// Attention by matrix products, instead of the kernel that llama.cpp chooses. On a processor it chooses flash attention, which goes
    /// cell by cell: with a small model, a step of eight rows takes three times as long (docs/bench.md). Without it, sums run over the
    /// cells of all sequences, so the last bits of a result depend on the places of its cells, and so on the earlier contents of the cache.
    /// </summary>
    /// <value><see langword="false"/>.</value>
    public bool PlainAttention { get; set; }

    /// <summary>
    /// One sequence family at a time, one sequence per decode and no prefix reuse, so that a result does not depend on
    /// what else the engine is doing.
    /// </summary>
    /// <value><see langword="false"/>.</value>
    public bool Deterministic { get; set; }

    /// <summary>How long a request waits for a lane while no job runs, before it fails.</summary>
    /// <value>30 seconds.</value>
    public TimeSpan LaneTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>What <see cref="ContextLength"/> must have room for when nobody sets it.</summary>
    [JsonInclude]
    internal LongestTurn? LongestTurn { get; set; }

    /// <exception cref="ArgumentException">The type is unknown, or needs the kernel that <see cref="PlainAttention"/> excludes.</exception>
    internal Binding.CacheType CacheTypeOrDefault => CacheType switch
    {
        null or F16 => Binding.CacheType.F16,
        Q8 when PlainAttention => throw new ArgumentException(
            $"{nameof(CacheType)} {Q8} needs flash attention, which {nameof(PlainAttention)} switches off. Set one of the two."),
        Q8 => Binding.CacheType.Q8,
        _ => throw new ArgumentException($"{nameof(CacheType)} is {CacheType}; it must be {F16} or {Q8}."),
    };

    // llama.cpp's threads spin at a barrier after every operation. On two busy cores a model of 0.7M parameters ran twenty
    // times faster on one thread than on two (5:00 and 0:15 for the same 60 problems).
    internal int ThreadsFor(long parameters) => Threads
        ?? (IsSmall(parameters) ? 1 : Environment.ProcessorCount <= 4 ? Environment.ProcessorCount : Environment.ProcessorCount / 2);

    /// <summary>Whether a step of a model takes well below a millisecond on any processor.</summary>
    internal static bool IsSmall(long parameters) => parameters < 10_000_000;
}
