namespace CognitiveTools.Llama.Natives;

/// <summary>A folder that holds the llama.cpp libraries.</summary>
/// <param name="Directory">Full path of the folder.</param>
/// <param name="Variant">The build, as the folder's name or content indicates.</param>
/// <param name="Source">
/// Why this folder, for reports: <c>configured</c>, the environment variable's name, or <c>beside the program</c>.
/// </param>
/// <param name="IsDemanded">
/// Whether the caller asked for this folder or this variant. If not, a copy of llama.cpp that another library of this process
/// has already loaded is accepted too.
/// </param>
internal sealed record NativeLibraryLocation(string Directory, NativeVariant Variant, string Source, bool IsDemanded)
{
    /// <summary>
    /// The folder of this version's own package, such as <c>llamasharp/linux-x64/native/avx2</c>; the files must be
    /// the recorded ones. <see langword="null"/> for a folder that the user named, which is not checked.
    /// </summary>
    public string? BundledPackage { get; init; }
}
