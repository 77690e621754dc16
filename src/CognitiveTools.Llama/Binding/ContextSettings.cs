using System.Runtime.InteropServices;

namespace CognitiveTools.Llama.Binding;

/// <summary>The context parameters that the binding sets; all others keep llama.cpp's defaults.</summary>
/// <param name="CacheLength">Cells of the cache that all sequences share, in positions.</param>
/// <param name="BatchSize">Rows of one batch at most.</param>
/// <param name="MaxSequences">Sequences at most.</param>
/// <param name="Threads">Threads of a decode of one row per sequence.</param>
/// <param name="BatchThreads">Threads of a decode of prompts.</param>
/// <param name="PlainAttention">
/// Attention by matrix products, instead of the kernel that the library chooses (flash attention where it can).
/// </param>
/// <param name="CacheType">How keys and values are stored.</param>
/// <param name="Evaluation">The evaluation callback and its data; zeros: no callback.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ContextSettings(
    int CacheLength, int BatchSize, int MaxSequences, int Threads, int BatchThreads, bool PlainAttention,
    CacheType CacheType, (nint Callback, nint Data) Evaluation);
