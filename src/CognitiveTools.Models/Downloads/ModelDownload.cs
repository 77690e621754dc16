namespace CognitiveTools.Models.Downloads;

/// <summary>What came of a download: a file, or the reason why not.</summary>
public sealed record ModelDownload
{
    /// <summary>The finished file; <see langword="null"/> when the download failed.</summary>
    public string? Path { get; init; }

    /// <summary>Why it failed, and the remedy; <see langword="null"/> when it did not.</summary>
    public string? Error { get; init; }

    /// <summary>Whether the file was there already, so that nothing was downloaded.</summary>
    public bool WasPresent { get; init; }

    /// <summary>SHA-256 of the file in lower-case hexadecimal; <see langword="null"/> when there is none to compare with.</summary>
    public string? Sha256 { get; init; }

    /// <summary>What the user should know, for instance that no checksum was there to compare with.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
