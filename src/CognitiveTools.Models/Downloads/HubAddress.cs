namespace CognitiveTools.Models.Downloads;

/// <summary>Addresses below Hugging Face's base address, which may have a path of its own at a mirror.</summary>
internal static class HubAddress
{
    /// <param name="options">They name the base address.</param>
    /// <param name="relative">The path below it, escaped, without a slash at its start.</param>
    public static Uri Of(ModelDownloaderOptions options, string relative) => new(
        options.HuggingFaceEndpoint, $"{options.HuggingFaceEndpoint.AbsolutePath.TrimEnd('/')}/{relative}");

    /// <summary>A path with each of its parts escaped.</summary>
    public static string Escape(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));
}
