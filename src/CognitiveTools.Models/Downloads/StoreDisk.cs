namespace CognitiveTools.Models.Downloads;

/// <summary>The disk as the downloader uses it; tests replace it by a full disk.</summary>
internal class StoreDisk
{
    private const int PosixNoSpace = 28;
    private const int WindowsDiskFull = unchecked((int)0x80070070);
    private const int WindowsHandleDiskFull = unchecked((int)0x80070027);

    /// <summary>Bytes that can be written in a folder.</summary>
    public virtual long Available(string folder) => new DriveInfo(folder).AvailableFreeSpace;

    /// <summary>Opens a partial file for writing at <paramref name="length"/>; the bytes after it are cut off.</summary>
    public virtual Stream Open(string part, long length)
    {
        var file = new FileStream(part, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read, bufferSize: 0, useAsync: true);
        file.SetLength(length);
        file.Position = length;
        return file;
    }

    /// <summary>Refuses a download that does not fit on the disk.</summary>
    public void Require(string path, long bytes)
    {
        var folder = Path.GetDirectoryName(path)!;
        var available = Available(folder);
        if (bytes > available)
            throw new DownloadFailure(
                $"{path} needs {bytes} bytes more, but {available} are free in {folder}. "
                + $"Free some space, or name a folder on another disk with {Catalog.ModelStore.FolderVariable}.");
    }

    /// <summary>Writes, and distinguishes a full disk from other failures.</summary>
    public static async Task WriteAsync(Stream file, string part, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        try
        {
            await file.WriteAsync(bytes, cancellationToken);
        }
        catch (IOException error) when (error.HResult is PosixNoSpace or WindowsDiskFull or WindowsHandleDiskFull)
        {
            throw new DownloadFailure(
                $"The disk is full: {part} could not be continued. "
                + "Free some space and run the same command again to resume.",
                error);
        }
        catch (IOException error)
        {
            throw new DownloadFailure(
                $"{part} could not be written: {error.Message} Run the same command again to resume.", error);
        }
    }
}
