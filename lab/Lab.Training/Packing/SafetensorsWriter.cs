using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace CognitiveTools.Lab.Training.Packing;

/// <summary>Writes safetensors files, whose elements are all F32.</summary>
internal static class SafetensorsWriter
{
    /// <summary>Writes a file; a reader sees the old file or the whole new one.</summary>
    /// <param name="path">The file.</param>
    /// <param name="tensors">Name, extents (slowest-varying first) and elements.</param>
    /// <param name="metadata">Free texts of the header.</param>
    public static void Write(
        string path,
        IReadOnlyList<(string Name, long[] Shape, float[] Values)> tensors,
        IEnumerable<KeyValuePair<string, string>> metadata)
    {
        var temporary = path + ".part";
        using (var file = File.Create(temporary))
        {
            var header = Header(tensors, metadata);
            var padding = -header.Length & 7;
            Span<byte> length = stackalloc byte[8];
            BinaryPrimitives.WriteInt64LittleEndian(length, header.Length + padding);
            file.Write(length);
            file.Write(header);
            file.Write("       "u8[..padding]);
            foreach (var (_, _, values) in tensors)
                file.Write(MemoryMarshal.AsBytes(values.AsSpan()));
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
    }

    private static byte[] Header(
        IEnumerable<(string Name, long[] Shape, float[] Values)> tensors, IEnumerable<KeyValuePair<string, string>> metadata)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteStartObject("__metadata__");
            foreach (var (key, value) in metadata)
                json.WriteString(key, value);
            json.WriteEndObject();
            var at = 0L;
            foreach (var (name, shape, values) in tensors)
            {
                json.WriteStartObject(name);
                json.WriteString("dtype", "F32");
                json.WriteStartArray("shape");
                foreach (var extent in shape)
                    json.WriteNumberValue(extent);
                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(at);
                json.WriteNumberValue(at += 4L * values.Length);
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        return bytes.ToArray();
    }
}
