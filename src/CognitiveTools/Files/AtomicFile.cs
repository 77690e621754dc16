namespace CognitiveTools.Files;

/// <summary>Writes whole files so that a reader finds the old content or the new one, never a part.</summary>
internal static class AtomicFile
{
    public const string TemporaryEnding = ".tmp";

    public static void Write(string path, ReadOnlySpan<byte> content, bool flushToDisk = true)
    {
        var temporary = path + TemporaryEnding;
        using (var handle = File.OpenHandle(temporary, FileMode.Create, FileAccess.Write))
        {
            RandomAccess.Write(handle, content, 0);
            if (flushToDisk)
                RandomAccess.FlushToDisk(handle);
        }

        File.Move(temporary, path, overwrite: true);
    }
}
