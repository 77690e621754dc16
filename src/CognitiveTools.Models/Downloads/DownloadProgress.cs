namespace CognitiveTools.Models.Downloads;

/// <summary>The progress of a download.</summary>
/// <param name="Phase">The current phase.</param>
/// <param name="Done">Bytes done in this phase, those of an earlier run included.</param>
/// <param name="Total">Total bytes; <see langword="null"/> when the server does not state them.</param>
public sealed record DownloadProgress(DownloadPhase Phase, long Done, long? Total)
{
    /// <summary>Which file of the model this is, from 1; the bytes are those of this file.</summary>
    public int File { get; init; } = 1;

    /// <summary>Number of the model's files; more than 1 for a split model.</summary>
    public int Files { get; init; } = 1;
}

/// <summary>The phases of a download.</summary>
public enum DownloadPhase
{
    /// <summary>Bytes arrive.</summary>
    Downloading,

    /// <summary>The finished file is hashed.</summary>
    Verifying,
}
