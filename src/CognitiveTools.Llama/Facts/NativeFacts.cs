using CognitiveTools.Llama.Devices;

namespace CognitiveTools.Llama.Facts;

/// <summary>What was loaded from where, for reports.</summary>
/// <param name="Directory">Folder of the libraries.</param>
/// <param name="Source">Why this folder.</param>
/// <param name="Variant">The build found there.</param>
/// <param name="Libraries">Full paths of the llama.cpp libraries loaded into this process.</param>
/// <param name="Version">Version the library reports.</param>
/// <param name="Backends">Names of the backends that registered.</param>
/// <param name="Devices">Devices that can compute.</param>
/// <param name="SystemInfo">Instruction sets and build options in llama.cpp's words.</param>
/// <param name="Verified">
/// Libraries that are the ones this version comes with, by their hashes; <see langword="null"/> for a folder that the user named.
/// </param>
internal sealed record NativeFacts(
    string Directory, string Source, string Variant, IReadOnlyList<string> Libraries, string Version, IReadOnlyList<string> Backends,
    IReadOnlyList<DeviceFacts> Devices, string SystemInfo, int? Verified)
{
    /// <summary>Model architectures that another accepted build of llama.cpp has and this one lacks.</summary>
    public IReadOnlyList<string> MissingArchitectures { get; init; } = [];
}
