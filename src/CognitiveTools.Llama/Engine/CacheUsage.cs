using System.Runtime.InteropServices;

namespace CognitiveTools.Llama.Engine;

/// <summary>What a cache holds; a position that lanes share counts for each of them.</summary>
/// <param name="OpenLanes">Lanes in use by sequences.</param>
/// <param name="Open">Positions of these lanes by the engine's account.</param>
/// <param name="Idle">Positions of the prefixes kept for reuse, by the engine's account.</param>
/// <param name="Held">Positions of all lanes by llama.cpp's account.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct CacheUsage(int OpenLanes, int Open, int Idle, int Held);
