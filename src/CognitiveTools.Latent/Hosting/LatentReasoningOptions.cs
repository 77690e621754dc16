using CognitiveTools.Files;

namespace CognitiveTools.Latent.Hosting;

/// <summary>Settings of a host's latent reasoners.</summary>
public sealed class LatentReasoningOptions
{
    /// <summary>The folder for the maps of <c>align=ridge</c>, d x d floats per model.</summary>
    /// <value><see langword="null"/>: <c>alignments</c> in <see cref="CacheFolder"/>.</value>
    public string? AlignmentFolder { get; set; }
}
