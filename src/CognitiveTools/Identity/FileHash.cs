using System.Security.Cryptography;

namespace CognitiveTools.Identity;

/// <summary>SHA-256 of files, read from the file itself whatever a catalog says.</summary>
internal static class FileHash
{
    private const int BufferBytes = 1 << 20;

    /// <summary>The hash in lower-case hexadecimal.</summary>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    public static string Of(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferBytes, FileOptions.SequentialScan);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    /// <summary>The hash in lower-case hexadecimal.</summary>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    public static async Task<string> OfAsync(string path, CancellationToken cancellationToken = default)
    {
        const FileOptions Options = FileOptions.SequentialScan | FileOptions.Asynchronous;
        await using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferBytes, Options);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Hashes of files by the names that they have here.</summary>
    /// <exception cref="IOException">A file is missing or cannot be read.</exception>
    internal static async ValueTask<IReadOnlyDictionary<string, string>> OfAllAsync(
        IReadOnlyDictionary<string, string> files, CancellationToken cancellationToken)
    {
        var hashes = new List<KeyValuePair<string, string>>();
        foreach (var (name, path) in files)
            hashes.Add(new(name, await OfAsync(path, cancellationToken)));
        return SortedFacts.Of(hashes);
    }
}
