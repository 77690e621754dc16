namespace CognitiveTools.Models.Downloads;

/// <summary>How far a download is.</summary>
/// <param name="Phase">What is going on.</param>
/// <param name="Done">Bytes done in this phase, those of an earlier run included.</param>
/// <param name="Total">Bytes in all; <see langword="null"/> when the server does not say.</param>
public sealed record DownloadProgress(DownloadPhase Phase, long Done, long? Total);

/// <summary>The phases of a download.</summary>
public enum DownloadPhase
{
    /// <summary>Bytes arrive.</summary>
    Downloading,

    /// <summary>The finished file is hashed.</summary>
    Verifying,
}
