using CognitiveTools.Identity;
using CognitiveTools.Models.Names;

namespace CognitiveTools.Models.Integrity;

/// <summary>The hash of a model's weights: of its file, or of a split model over the hashes of all parts.</summary>
internal static class ModelHash
{
    /// <param name="path">The file, of a split model any part.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>SHA-256 in lower-case hexadecimal.</returns>
    /// <exception cref="IOException">A file is missing or cannot be read.</exception>
    public static async Task<string> OfAsync(string path, CancellationToken cancellationToken = default)
    {
        var files = SplitFileName.FilesOf(path);
        var hashes = new List<string>(files.Count);
        foreach (var file in files)
            hashes.Add(await FileHash.OfAsync(file, cancellationToken).ConfigureAwait(false));
        return hashes is [var only] ? only : FieldHash.Of(hashes);
    }
}
