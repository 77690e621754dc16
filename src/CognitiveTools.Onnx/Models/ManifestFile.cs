using System.Security.Cryptography;

namespace CognitiveTools.Onnx.Models;

/// <summary>A file in the manifest's folder.</summary>
/// <param name="File">Its name, without folders.</param>
/// <param name="Sha256">Its SHA-256 in lower-case hexadecimal.</param>
internal sealed record ManifestFile(string File, string Sha256)
{
    /// <summary>Writes a file and names it.</summary>
    public static ManifestFile Write(string folder, string file, ReadOnlySpan<byte> content)
    {
        System.IO.File.WriteAllBytes(Path.Combine(folder, file), content);
        return new ManifestFile(file, Hash(content));
    }

    /// <summary>Reads the file that a manifest names.</summary>
    /// <param name="manifest">The manifest's path.</param>
    /// <exception cref="FileNotFoundException">It is missing.</exception>
    /// <exception cref="InvalidDataException">It is not the file that the manifest was written with.</exception>
    public byte[] Read(string manifest)
    {
        if (File.Length == 0 || File != Path.GetFileName(File))
            throw new InvalidDataException($"{manifest}: '{File}' must be the name of a file in the manifest's folder.");
        var path = PathBeside(manifest);
        if (!System.IO.File.Exists(path))
            throw new FileNotFoundException(
                $"{path} is missing; {manifest} names it. Copy the whole folder, or export the model again.", path);
        var bytes = System.IO.File.ReadAllBytes(path);
        var hash = Hash(bytes);
        return hash == Sha256
            ? bytes
            : throw new InvalidDataException(
                $"{path} is not the file that {manifest} was written with (SHA-256 {hash}, not {Sha256}). "
                + "Copy the whole folder again, or export the model again.");
    }

    /// <summary>Its path beside a manifest.</summary>
    public string PathBeside(string manifest) => Path.Combine(Path.GetDirectoryName(manifest)!, File);

    private static string Hash(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));
}
