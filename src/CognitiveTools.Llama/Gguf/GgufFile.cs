using System.Diagnostics.CodeAnalysis;
using System.IO.MemoryMappedFiles;
using Microsoft.Win32.SafeHandles;

namespace CognitiveTools.Llama.Gguf;

/// <summary>
/// A GGUF file (versions 2 and 3, little-endian): header, metadata and tensor table are read and checked on opening,
/// tensor bytes stay on disk until they are read. llama.cpp aborts the process on some damaged files, so every model is
/// checked here first.
/// </summary>
internal sealed class GgufFile : IDisposable
{
    /// <summary>Metadata key of the data section's alignment in bytes.</summary>
    public const string AlignmentKey = "general.alignment";

    /// <summary>The default alignment in bytes of the tensor data.</summary>
    public const int DefaultAlignment = 32;

    private readonly SafeFileHandle _handle;
    private readonly Dictionary<string, GgufTensor> _byName;
    private readonly Lazy<MemoryMappedFile> _map;

    private GgufFile(string path, SafeFileHandle handle, long length, GgufContents contents)
    {
        (Path, Length, _handle) = (path, length, handle);
        (Version, Metadata, Tensors, Alignment, DataOffset) = contents;
        _byName = Tensors.ToDictionary(static t => t.Name, StringComparer.Ordinal);
        _map = new(() => MemoryMappedFile.CreateFromFile(
            _handle, mapName: null, capacity: 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true));
    }

    /// <summary>The path as given.</summary>
    public string Path { get; }

    /// <summary>File length in bytes.</summary>
    public long Length { get; }

    /// <summary>Format version, 2 or 3.</summary>
    public uint Version { get; }

    /// <summary>The key-value section.</summary>
    public GgufMetadata Metadata { get; }

    /// <summary>The tensor table in file order.</summary>
    public IReadOnlyList<GgufTensor> Tensors { get; }

    /// <summary>Alignment in bytes of tensor data, a power of two.</summary>
    public int Alignment { get; }

    /// <summary>First byte of the data section, from the start of the file.</summary>
    public long DataOffset { get; }

    /// <summary>
    /// What is wrong with a file, or <see langword="null"/> when it can be opened: the check of downloads
    /// (<c>ModelDownloaderOptions.CheckGguf</c>).
    /// </summary>
    /// <exception cref="IOException">The file cannot be opened or read.</exception>
    public static string? ProblemOf(string path)
    {
        try
        {
            Open(path).Dispose();
            return null;
        }
        catch (GgufException error)
        {
            return error.Message;
        }
    }

    /// <summary>Opens and checks a file. Takes milliseconds for any size of model: no tensor data is read.</summary>
    /// <exception cref="GgufException">The file is not a GGUF file, is damaged or incomplete, or of another version.</exception>
    /// <exception cref="IOException">The file cannot be opened or read.</exception>
    public static GgufFile Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read, FileOptions.RandomAccess);
        try
        {
            var length = RandomAccess.GetLength(handle);
            return new GgufFile(path, handle, length, GgufParser.Parse(new GgufCursor(handle, path, length), path));
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <summary>Looks a tensor up by name.</summary>
    public bool TryGetTensor(string name, [NotNullWhen(true)] out GgufTensor? tensor) => _byName.TryGetValue(name, out tensor);

    /// <summary>The tensor of that name.</summary>
    /// <exception cref="GgufException">The file has no such tensor.</exception>
    public GgufTensor GetTensor(string name) => TryGetTensor(name, out var tensor)
        ? tensor
        : throw new GgufException(
            Path, name, null, $"the tensor is missing from the {Tensors.Count} in the file",
            "Use a complete model converted for a current llama.cpp.");

    /// <summary>Maps a tensor's bytes into memory for reading rows. Dispose the reader before the file.</summary>
    /// <exception cref="GgufException">The file has no such tensor.</exception>
    internal GgufTensorReader OpenTensor(string name)
    {
        var tensor = GetTensor(name);
        return new GgufTensorReader(tensor, tensor.ByteLength == 0
            ? null
            : _map.Value.CreateViewAccessor(tensor.Offset, tensor.ByteLength, MemoryMappedFileAccess.Read));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_map.IsValueCreated)
            _map.Value.Dispose();
        _handle.Dispose();
    }
}
