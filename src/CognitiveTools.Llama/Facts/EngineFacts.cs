using CognitiveTools.Llama.Devices;

namespace CognitiveTools.Llama.Facts;

/// <summary>An engine, its model and its devices, for reports.</summary>
/// <param name="Version">Version of llama.cpp.</param>
/// <param name="Devices">Devices that can compute.</param>
/// <param name="Model">The model.</param>
/// <param name="ContextLength">Positions one sequence may hold.</param>
/// <param name="CacheLength">Positions all sequences may hold together.</param>
/// <param name="Threads">Threads of a decode with few rows.</param>
internal sealed record EngineFacts(
    string Version, IReadOnlyList<DeviceFacts> Devices, ModelFacts Model, int ContextLength, int CacheLength, int Threads)
{
    /// <summary>Instruction sets and build options of the backends in llama.cpp's words.</summary>
    public string Instructions { get; init; } = "";

    /// <summary>Sequences that can be open at once.</summary>
    public int Sequences { get; init; }

    /// <summary>
    /// Why the context is shorter than the model was trained for, when nobody set it; <see langword="null"/> when it is as long, or set.
    /// </summary>
    public string? ContextReason { get; init; }

    /// <summary>How keys and values are stored in the cache, when it is another way than in 16-bit floats.</summary>
    public string? CacheType { get; init; }

    /// <summary>
    /// How attention is computed: <c>plain</c>, by matrix products, or <c>auto</c>, as llama.cpp chooses. The two differ in rounding.
    /// </summary>
    public string Attention { get; init; } = "";

    /// <summary>
    /// What runs slower on these libraries than on others that this machine can have, with the remedy; <see langword="null"/> when nothing
    /// is known.
    /// </summary>
    public string? Slower { get; init; }

    /// <summary>SHA-256 over names and contents of the libraries of llama.cpp that are loaded, in lower-case hexadecimal.</summary>
    public string Natives { get; init; } = "";
}
