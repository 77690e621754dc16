using CognitiveTools.Models.Integrity;

namespace CognitiveTools.Llama.Natives;

/// <summary>
/// The hashes of this version's libraries, <c>natives/NAME/SHA256SUMS</c>, embedded so that they are distributed with the
/// binding and not with the libraries. A folder beside the program must hold these files; a folder that the user names is not checked.
/// </summary>
internal sealed class NativeManifest
{
    /// <summary>The name under which the hashes of LLamaSharp's packages are recorded.</summary>
    internal const string LLamaSharp = "llamasharp";

    private static readonly string[] LibraryEndings = [".so", ".dll", ".dylib"];

    private readonly Dictionary<string, string> _hashes = new(StringComparer.Ordinal);

    private NativeManifest(TextReader lines, string prefix)
    {
        while (lines.ReadLine() is { } line)
        {
            if (line.Split("  ", 2) is [{ Length: 64 } hash, var file] && file.StartsWith(prefix, StringComparison.Ordinal)
                && !file[prefix.Length..].Contains('/', StringComparison.Ordinal))
                _hashes.Add(file[prefix.Length..], hash);
        }
    }

    /// <summary>
    /// The manifest of a folder: <c>llamasharp/RID/native[/LEVEL]</c> for LLamaSharp's packages, and names such as <c>linux-x64</c> for
    /// the builds that <c>cogtools natives get</c> fetches; <see langword="null"/> where no hashes are recorded.
    /// </summary>
    public static NativeManifest? Find(string name)
    {
        var parts = name.Split('/', 2);
        using var stream = typeof(NativeManifest).Assembly.GetManifestResourceStream($"natives/{parts[0]}/SHA256SUMS");
        if (stream is null)
            return null;
        using var reader = new StreamReader(stream);
        var manifest = new NativeManifest(reader, parts is [_, var folder] ? folder + "/" : "");
        return manifest._hashes.Count > 0 ? manifest : null;
    }

    /// <summary>Libraries that are recorded.</summary>
    internal int Count => _hashes.Count;

    /// <summary>Checks every library in a folder, since llama.cpp loads all backends that it finds there.</summary>
    /// <returns>How many there are.</returns>
    /// <exception cref="NotSupportedException">
    /// A library was changed, or is not one of this version; the message says which, and what to do.
    /// </exception>
    public int Check(string directory, FileHashes hashes)
    {
        var count = 0;
        foreach (var path in Directory.GetFiles(directory).Where(IsLibrary).Order(StringComparer.Ordinal))
        {
            var file = Path.GetFileName(path);
            if (!_hashes.TryGetValue(file, out var expected))
                throw Refused(path, "does not come with this version");
            if (hashes.Of(path) is var actual && actual != expected)
                throw Refused(path, $"was changed: it has SHA-256 {actual}, and {expected} is expected");
            count++;
        }

        return count;
    }

    // libggml.so.1 is loaded as well as libggml.so.
    private static bool IsLibrary(string path) =>
        Path.GetFileName(path) is var file
        && LibraryEndings.Any(ending => file.EndsWith(ending, StringComparison.OrdinalIgnoreCase)
            || file.Contains(ending + ".", StringComparison.OrdinalIgnoreCase));

    private static NotSupportedException Refused(string path, string problem) =>
        new(
            $"{path} {problem}, so it is not loaded. "
            + $"Delete the folder {Path.GetDirectoryName(path)} and build again; "
            + $"if it is your own build, keep it in another folder and name that with {NativeLibraryLocator.EnvironmentVariable}.");
}
