using System.Security.Cryptography;
using CognitiveTools.Llama.Catalog;

namespace CognitiveTools.Cli.Hosting;

/// <summary>Identity of a model file.</summary>
internal static class ModelFile
{
    /// <summary>SHA-256 in lower-case hexadecimal, read from the file itself whatever a catalog says.</summary>
    public static async Task<string> HashAsync(ResolvedModel model, CancellationToken cancellationToken)
    {
        await using var stream = new FileStream(model.Path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20, FileOptions.SequentialScan | FileOptions.Asynchronous);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken));
    }
}
