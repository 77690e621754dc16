namespace CognitiveTools.Models.Downloads;

/// <summary>The result of a download: a file, or the reason of the failure.</summary>
public sealed record ModelDownload
{
    /// <summary>The finished file, of a split model the first part; <see langword="null"/> when the download failed.</summary>
    public string? Path { get; init; }

    /// <summary>Why it failed, and the remedy; <see langword="null"/> when it succeeded.</summary>
    public string? Error { get; init; }

    /// <summary>Whether the file was already present, so that nothing was downloaded.</summary>
    public bool WasPresent { get; init; }

    /// <summary>
    /// SHA-256 of the file in lower-case hexadecimal, of a split model the first part's; <see langword="null"/> when no checksum is known.
    /// </summary>
    public string? Sha256 { get; init; }

    /// <summary>Number of the model's files; more than 1 for a split model.</summary>
    public int Files { get; init; } = 1;

    /// <summary>Notes for the user, for example that no checksum is known, or which of several files was chosen.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
