using System.IO.Compression;
using System.Xml.Linq;

namespace CognitiveTools.Packages.Tests;

/// <summary>The folder of packages that <c>.ci/pack-check</c> made; every test of this project reads or uses it.</summary>
internal static class PackedPackages
{
    /// <summary>Why the tests are skipped where there is no such folder.</summary>
    public const string Skip = "nothing is packed: run .ci/pack-check, which packs and then runs these tests";

    private const string Variable = "COGTOOLS_PACKAGES";

    /// <summary>Whether there is one.</summary>
    public static bool ArePacked => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 };

    /// <summary>The folder.</summary>
    public static string Folder => Path.GetFullPath(Environment.GetEnvironmentVariable(Variable)!);

    /// <summary>Packages without symbol packages, by path.</summary>
    public static IReadOnlyList<string> Files => [.. Directory.GetFiles(Folder, "*.nupkg").Order(StringComparer.Ordinal)];

    /// <summary>The path of a package.</summary>
    public static string Find(string id) => Files.Single(file => NuspecOf(file).Id == id);

    /// <summary>Names of a package's entries.</summary>
    public static IReadOnlyList<string> EntriesOf(string package)
    {
        using var archive = ZipFile.OpenRead(package);
        return [.. archive.Entries.Select(static entry => entry.FullName)];
    }

    /// <summary>Name and bytes of the entries that this repository's build has made: descriptions, targets and assemblies.</summary>
    public static IReadOnlyList<(string Name, byte[] Content)> OwnContentOf(string package)
    {
        using var archive = ZipFile.OpenRead(package);
        return [.. archive.Entries.Where(static entry => IsOwn(entry.Name)).Select(static entry => (entry.FullName, Read(entry)))];
    }

    /// <summary>A package's description of itself.</summary>
    public static Nuspec NuspecOf(string package)
    {
        using var archive = ZipFile.OpenRead(package);
        var entry = archive.Entries.Single(static entry =>
            entry.FullName == entry.Name && entry.Name.EndsWith(".nuspec", StringComparison.Ordinal));
        using var stream = entry.Open();
        return new Nuspec(XDocument.Load(stream));
    }

    private static bool IsOwn(string name) => Path.GetExtension(name) is ".nuspec" or ".targets"
        || (Path.GetExtension(name) == ".dll" && (name == "cogtools.dll" || name.StartsWith("CognitiveTools", StringComparison.Ordinal)));

    private static byte[] Read(ZipArchiveEntry entry)
    {
        using var stream = entry.Open();
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
