using System.Text.Json;

namespace CognitiveTools.Llama.Natives;

/// <summary>
/// An npm package with a llama.cpp build that is newer than the one this version comes with: <c>natives/NAME/package-lock.json</c> and
/// <c>natives/NAME/SHA256SUMS</c>, embedded.
/// </summary>
/// <param name="Name">Platform and variant, for example <c>linux-x64</c> or <c>linux-x64-cuda</c>.</param>
/// <param name="Package">The package's name.</param>
/// <param name="Version">The package's version.</param>
/// <param name="Integrity">SHA-512 of its archive, in base64.</param>
internal sealed record NativePackage(string Name, string Package, string Version, string Integrity)
{
    private const string Algorithm = "sha512-";

    private static readonly string[] Names = ["linux-x64", "linux-x64-cuda", "linux-x64-vulkan", "linux-arm64"];

    /// <summary>The packages for this platform; empty where no build is published.</summary>
    public static IReadOnlyList<NativePackage> ForThisPlatform { get; } =
    [
        .. Names.Where(static name => $"{name}-".StartsWith(NativeLibraryLocator.PortableRid() + "-", StringComparison.Ordinal))
            .Select(Read),
    ];

    /// <summary>The build's short name in commands: <c>npm</c>, <c>npm-cuda</c>, <c>npm-vulkan</c>.</summary>
    public string ShortName => Name.Split('-') is [_, _, var variant] ? $"npm-{variant}" : "npm";

    private static NativePackage Read(string name)
    {
        using var stream = typeof(NativePackage).Assembly.GetManifestResourceStream($"natives/{name}/package-lock.json")!;
        using var json = JsonDocument.Parse(stream);
        var (key, value) = json.RootElement
            .GetProperty("packages")
            .EnumerateObject()
            .Where(static p => p.Name.Length > 0)
            .Select(static p => (p.Name, p.Value))
            .Single();
        return new(
            name, key["node_modules/".Length..], value.GetProperty("version").GetString()!,
            value.GetProperty("integrity").GetString()![Algorithm.Length..]);
    }
}
