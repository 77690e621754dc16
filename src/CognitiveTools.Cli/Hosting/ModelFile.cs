using System.Globalization;
using System.Security.Cryptography;
using CognitiveTools.Llama.Catalog;

namespace CognitiveTools.Cli.Hosting;

/// <summary>Identity of a model file.</summary>
internal static class ModelFile
{
    /// <summary>SHA-256 in lower-case hexadecimal, read from the file itself whatever a catalog says.</summary>
    public static Task<string> HashAsync(ResolvedModel model, CancellationToken cancellationToken) => HashAsync(model.Path, cancellationToken);

    /// <summary>As the other overload, of any file.</summary>
    public static async Task<string> HashAsync(string path, CancellationToken cancellationToken)
    {
        await using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20, FileOptions.SequentialScan | FileOptions.Asynchronous);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken));
    }

    /// <summary>What is changed about the file when it is loaded, as text that tells any two changes apart; empty for nothing.</summary>
    public static async Task<string> ChangeAsync(ResolvedModel model, CancellationToken cancellationToken)
    {
        var parts = model.Change.Overrides.Select(o => $"{o.Key}={o.Value}");
        if (model.Change.Lora is { } lora)
            parts = parts.Prepend($"lora {await HashAsync(lora, cancellationToken)} x {model.Change.LoraScale.ToString(CultureInfo.InvariantCulture)}");
        return string.Join(", ", parts);
    }
}
