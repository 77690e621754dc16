namespace CognitiveTools.Llama.Natives;

/// <summary>A folder that holds the llama.cpp libraries.</summary>
/// <param name="Directory">Full path of the folder.</param>
/// <param name="Variant">The build, as far as the folder's name or content tells.</param>
/// <param name="Source">Why this folder, for reports: <c>configured</c>, the environment variable's name, or <c>beside the program</c>.</param>
public sealed record NativeLibraryLocation(string Directory, NativeVariant Variant, string Source)
{
    /// <summary>
    /// The platform and variant whose libraries this version comes with, such as <c>linux-x64</c>; the files must be those.
    /// <see langword="null"/> for a folder that the user named: what is in it is the user's own.
    /// </summary>
    public string? Shipped { get; init; }
}
