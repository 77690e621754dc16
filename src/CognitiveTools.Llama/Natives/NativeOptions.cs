namespace CognitiveTools.Llama.Natives;

/// <summary>Where to look for the llama.cpp libraries.</summary>
internal sealed record NativeOptions
{
    /// <summary>A folder of libraries that overrides every other place.</summary>
    /// <value><see langword="null"/>: the environment variable, then the folders beside the program.</value>
    public string? Directory { get; init; }

    /// <summary>The build to use; a configured folder is taken as it is.</summary>
    /// <value><see cref="NativeVariant.Auto"/>.</value>
    public NativeVariant Variant { get; init; } = NativeVariant.Auto;
}
