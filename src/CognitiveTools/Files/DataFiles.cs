using System.Security.Cryptography;
using System.Text;

namespace CognitiveTools.Files;

/// <summary>A data file in memory: its name without folder, and its bytes.</summary>
internal readonly record struct DataFile(string Name, byte[] Content)
{
    public string Stem => Path.GetFileNameWithoutExtension(Name);

    /// <exception cref="InvalidDataException">The bytes are not UTF-8.</exception>
    public string Text(string origin)
    {
        try
        {
            return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(Content);
        }
        catch (DecoderFallbackException e)
        {
            throw new InvalidDataException($"{origin}/{Name} is not UTF-8. Save it as UTF-8 without a byte order mark.", e);
        }
    }
}

/// <summary>Reads the tools and prompts that are embedded in this assembly, or those of a folder.</summary>
internal static class DataFiles
{
    /// <summary>Resources directly under a folder such as <c>prompts/default/</c>.</summary>
    public static List<DataFile> Embedded(string prefix)
    {
        var assembly = typeof(DataFiles).Assembly;
        var files = new List<DataFile>();
        foreach (var resource in EmbeddedNames(prefix))
        {
            using var stream = assembly.GetManifestResourceStream(resource)!;
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            files.Add(new DataFile(resource[prefix.Length..], bytes));
        }

        return files;
    }

    public static IEnumerable<string> EmbeddedNames(string prefix) =>
        typeof(DataFiles).Assembly.GetManifestResourceNames().Where(r => r.StartsWith(prefix, StringComparison.Ordinal));

    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    public static List<DataFile> Folder(string directory, string pattern, string remedy)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(directory);
        var folder = new DirectoryInfo(directory);
        if (!folder.Exists)
            throw new DirectoryNotFoundException($"The folder '{directory}' does not exist. {remedy}");
        return [.. folder.GetFiles(pattern)
            .Where(f => !f.Name.Equals("README.md", StringComparison.OrdinalIgnoreCase))
            .Select(f => new DataFile(f.Name, File.ReadAllBytes(f.FullName)))];
    }

    /// <summary>Adds files to others and replaces files of the same name.</summary>
    public static List<DataFile> Merge(IEnumerable<DataFile> files, IReadOnlyCollection<DataFile> over) =>
        [.. files.Where(f => !over.Any(o => string.Equals(o.Name, f.Name, StringComparison.Ordinal))), .. over];

    /// <summary>SHA-256 over names and bytes in ordinal order, in lower-case hexadecimal.</summary>
    public static string Hash(IEnumerable<DataFile> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, content) in files.OrderBy(f => f.Name, StringComparer.Ordinal))
        {
            // Names and lengths separate the files, so moving text from one file to the next changes the hash.
            hash.AppendData(Encoding.UTF8.GetBytes($"{name}\n{content.Length}\n"));
            hash.AppendData(content);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
