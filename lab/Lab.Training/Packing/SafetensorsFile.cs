using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using CognitiveTools.Llama.Gguf;
using Microsoft.Win32.SafeHandles;

namespace CognitiveTools.Lab.Training.Packing;

/// <summary>A safetensors file: a JSON header, read and checked on opening, and raw tensors, read row by row on demand.</summary>
internal sealed class SafetensorsFile : IDisposable
{
    /// <summary>The format's own limit of the header, in bytes.</summary>
    private const long MaxHeaderBytes = 100_000_000;

    private readonly SafeFileHandle _handle;
    private readonly Dictionary<string, SafetensorsTensor> _tensors = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _metadata = new(StringComparer.Ordinal);

    private SafetensorsFile(string path, SafeFileHandle handle)
    {
        (Path, _handle) = (path, handle);
        var length = RandomAccess.GetLength(handle);
        var header = ReadHeader(length);
        try
        {
            using var json = JsonDocument.Parse(header);
            if (json.RootElement.ValueKind != JsonValueKind.Object)
                throw Fail("header", "is not a JSON object");
            foreach (var entry in json.RootElement.EnumerateObject())
            {
                if (entry.NameEquals("__metadata__"))
                    ReadMetadata(entry.Value);
                else if (!_tensors.TryAdd(entry.Name, ReadTensor(entry, 8 + header.Length, length)))
                    throw Fail($"tensor '{entry.Name}'", "occurs twice");
            }
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException) // the latter: text that is not UTF-8
        {
            throw Fail("header", $"is not valid JSON ({error.Message})");
        }
    }

    /// <summary>The path as given.</summary>
    public string Path { get; }

    /// <summary>The tensors by name.</summary>
    public IReadOnlyDictionary<string, SafetensorsTensor> Tensors => _tensors;

    /// <summary>The free text entries of the header.</summary>
    public IReadOnlyDictionary<string, string> Metadata => _metadata;

    /// <summary>Opens and checks a file; no tensor data is read.</summary>
    /// <exception cref="InvalidDataException">The file is damaged, incomplete, or holds an element format that cannot be read.</exception>
    /// <exception cref="IOException">The file cannot be opened or read.</exception>
    public static SafetensorsFile Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        try
        {
            return new(path, handle);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <summary>Looks a tensor up by name.</summary>
    public bool TryGetTensor(string name, [NotNullWhen(true)] out SafetensorsTensor? tensor) => _tensors.TryGetValue(name, out tensor);

    /// <summary>Reads one row as floats.</summary>
    /// <exception cref="ArgumentException">The row is out of range or the destination has another length.</exception>
    public void ReadRow(SafetensorsTensor tensor, long row, Span<float> destination)
    {
        if (row < 0 || row >= tensor.RowCount)
            throw new ArgumentOutOfRangeException(nameof(row), row, $"{tensor.Name} has {tensor.RowCount} rows.");
        if (destination.Length != tensor.RowLength)
            throw new ArgumentException(
                $"A row of {tensor.Name} has {tensor.RowLength} elements; the destination has {destination.Length}.", nameof(destination));
        var packed = new byte[destination.Length * tensor.ElementBytes];
        ReadExactly(packed, tensor.Offset + row * packed.Length);
        var type = tensor.Type switch
        {
            SafetensorsType.F16 => GgufTensorType.F16,
            SafetensorsType.BF16 => GgufTensorType.BF16,
            _ => GgufTensorType.F32,
        };
        GgufRowCodec.Unpack(type, packed, destination);
    }

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();

    private byte[] ReadHeader(long length)
    {
        var prefix = new byte[8];
        if (length < prefix.Length)
            throw Fail("header", $"is incomplete: the file has {length} bytes");
        ReadExactly(prefix, 0);
        var bytes = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (bytes > MaxHeaderBytes || (long)bytes > length - prefix.Length)
            throw Fail("header", $"claims {bytes} bytes, but the file has {length}");
        var header = new byte[bytes];
        ReadExactly(header, prefix.Length);
        return header;
    }

    private void ReadMetadata(JsonElement metadata)
    {
        if (metadata.ValueKind != JsonValueKind.Object)
            throw Fail("__metadata__", "is not a JSON object");
        foreach (var entry in metadata.EnumerateObject())
            _metadata[entry.Name] = entry.Value.ValueKind == JsonValueKind.String
                ? entry.Value.GetString()!
                : throw Fail($"__metadata__ '{entry.Name}'", "is not a text");
    }

    private SafetensorsTensor ReadTensor(JsonProperty entry, long dataOffset, long length)
    {
        var field = $"tensor '{entry.Name}'";
        if (entry.Value.ValueKind != JsonValueKind.Object
            || !entry.Value.TryGetProperty("dtype", out var dtype) || dtype.ValueKind != JsonValueKind.String
            || !entry.Value.TryGetProperty("shape", out var shapes) || !TryReadExtents(shapes, out var shape)
            || !entry.Value.TryGetProperty("data_offsets", out var range) || !TryReadExtents(range, out var offsets) || offsets.Length != 2)
            throw Fail(field, "lacks a proper dtype, shape or data_offsets");
        var type = dtype.GetString() switch
        {
            "F32" => SafetensorsType.F32,
            "F16" => SafetensorsType.F16,
            "BF16" => SafetensorsType.BF16,
            var other => throw Fail(field, $"has elements of type {other}", "Save the weights as F32, F16 or BF16."),
        };
        var tensor = new SafetensorsTensor(entry.Name, type, shape, 0);
        Int128 bytes = tensor.ElementBytes;
        foreach (var extent in shape)
        {
            bytes *= extent;
            if (bytes > length)
                throw Fail(field, $"has the shape [{string.Join(", ", shape)}], larger than the file");
        }
        if (offsets[1] - offsets[0] != bytes || offsets[1] > length - dataOffset)
            throw Fail(field,
                $"lies at bytes {offsets[0]} to {offsets[1]} of the data, but its shape needs {bytes} bytes and the data has "
                    + $"{length - dataOffset}");
        return tensor with { Offset = dataOffset + offsets[0] };
    }

    private static bool TryReadExtents(JsonElement array, out long[] extents)
    {
        extents = [];
        if (array.ValueKind != JsonValueKind.Array)
            return false;
        var read = new List<long>();
        foreach (var item in array.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Number || !item.TryGetInt64(out var extent) || extent < 0)
                return false;
            read.Add(extent);
        }
        extents = [.. read];
        return true;
    }

    private void ReadExactly(Span<byte> destination, long offset)
    {
        while (!destination.IsEmpty)
        {
            var read = RandomAccess.Read(_handle, destination, offset);
            if (read == 0)
                throw Fail("data", "the file became shorter while it was read");
            destination = destination[read..];
            offset += read;
        }
    }

    private InvalidDataException Fail(
        string field, string problem, string remedy = "The file is damaged or incomplete: write or fetch it again.")
        => new($"{Path}: {field}: {problem}. {remedy}");
}
