using System.Security.Cryptography;
using System.Text;
using CognitiveTools.Files;
using CognitiveTools.Identity;

namespace CognitiveTools.Models.Integrity;

/// <summary>
/// <see cref="FileHash"/>, computed once for each content: a record in the user's cache has the stamp that a file had when it was hashed,
/// and a file with another stamp is hashed again. Records are written atomically; where they cannot be written, files are
/// hashed each time. Thread-safe, and safe between processes.
/// </summary>
/// <param name="folder">The folder of the records; <see langword="null"/> for <c>verified</c> in the user's cache.</param>
internal sealed class FileHashes(string? folder = null)
{
    private int _measured;

    /// <summary>Files read so far, for tests.</summary>
    internal int Measured => Volatile.Read(ref _measured);

    /// <summary>The hash of a file in lower-case hexadecimal.</summary>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    public string Of(string path)
    {
        var full = Path.GetFullPath(path);
        var stamp = FileStamp.Of(full);
        var record = RecordOf(full);
        if (Recorded(record, full, stamp) is { } known)
            return known;
        var hash = Measure(full);
        if (FileStamp.Of(full) == stamp) // otherwise it changed while it was read
            Write(record, $"{stamp.Text}\n{hash}\n{full}\n");
        return hash;
    }

    private static string? Recorded(string? record, string path, FileStamp stamp)
    {
        try
        {
            return record is not null && File.Exists(record)
                && File.ReadAllLines(record) is [var stated, { Length: 64 } hash, var of, ..] && stated == stamp.Text && of == path
                    ? hash
                    : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static void Write(string? record, string text)
    {
        if (record is null)
            return;
        var next = $"{record}.{Environment.ProcessId}.{Environment.CurrentManagedThreadId}";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(record)!);
            File.WriteAllText(next, text);
            File.Move(next, record, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The home folder is read-only: the file is hashed again next time.
        }
    }

    private string Measure(string path)
    {
        Interlocked.Increment(ref _measured);
        return FileHash.Of(path);
    }

    private string? RecordOf(string path) => (folder ?? CacheFolder.Find("verified")) is { } records
        ? Path.Combine(records, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(path)))[..32])
        : null;
}
