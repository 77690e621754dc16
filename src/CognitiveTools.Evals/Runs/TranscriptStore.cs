using System.Collections.Concurrent;
using System.Security.Cryptography;
using CognitiveTools.Files;

namespace CognitiveTools.Evals.Runs;

/// <summary>
/// Transcripts by the hash of their content, in <c>transcripts/</c>. Equal transcripts share a file. They are not flushed one
/// by one: a dying process loses nothing, and after a power cut a missing or torn file is noticed by its hash.
/// </summary>
/// <param name="runDirectory">The run's directory.</param>
internal sealed class TranscriptStore(string runDirectory)
{
    private readonly string _folder = Path.Combine(runDirectory, "transcripts");
    private readonly ConcurrentDictionary<string, Lazy<string>> _writing = new(StringComparer.Ordinal);

    /// <summary>Stores content and returns its hash.</summary>
    public string Store(byte[] content)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(content));
        try
        {
            return _writing.GetOrAdd(hash, h => new Lazy<string>(() => Write(h, content))).Value;
        }
        finally
        {
            _writing.TryRemove(hash, out _);
        }
    }

    /// <summary>Reads content by its hash.</summary>
    /// <exception cref="InvalidDataException">The file is missing or its content has another hash.</exception>
    public byte[] Load(string hash)
    {
        var path = Path.Combine(_folder, hash + ".json");
        if (!File.Exists(path))
            throw new InvalidDataException($"{path}: the transcript is missing. Restore it, or run its unit again.");
        var content = File.ReadAllBytes(path);
        return Convert.ToHexStringLower(SHA256.HashData(content)) == hash
            ? content
            : throw new InvalidDataException(
                $"{path}: the content does not have the hash it is named by, so it was damaged. Restore it, or run its unit again.");
    }

    /// <summary>Removes what a killed writer left half done.</summary>
    public void Clean()
    {
        Directory.CreateDirectory(_folder);
        foreach (var file in Directory.EnumerateFiles(_folder, "*" + AtomicFile.TemporaryEnding))
            File.Delete(file);
    }

    private string Write(string hash, byte[] content)
    {
        var path = Path.Combine(_folder, hash + ".json");
        if (new FileInfo(path) is not { Exists: true } file || file.Length != content.Length) // a power cut may have left it short
            AtomicFile.Write(path, content, flushToDisk: false);
        return hash;
    }
}
