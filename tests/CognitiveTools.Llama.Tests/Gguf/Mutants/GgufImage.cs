using System.Text;
using CognitiveTools.Llama.Gguf;

namespace CognitiveTools.Llama.Tests.Gguf.Mutants;

/// <summary>
/// A GGUF file in memory whose every field can be made wrong, and the bytes of it. Unlike <see cref="GgufWriter"/> it checks nothing.
/// </summary>
internal sealed class GgufImage
{
    private const int Alignment = 32;

    public List<(string Key, GgufValue Value)> Values { get; } = [];

    public List<Tensor> Tensors { get; } = [];

    public static GgufImage Read(string path)
    {
        var image = new GgufImage();
        using var file = GgufFile.Open(path);
        foreach (var key in file.Metadata.Keys)
        {
            if (file.Metadata.TryGetValue(key, out var value))
                image.Values.Add((key, value));
        }

        using var bytes = File.OpenRead(path);
        foreach (var tensor in file.Tensors)
        {
            var data = new byte[tensor.ByteLength];
            bytes.Position = tensor.Offset;
            bytes.ReadExactly(data);
            image.Tensors.Add(new() { Name = tensor.Name, Type = tensor.Type, Dimensions = [.. tensor.Dimensions], Data = data });
        }

        return image;
    }

    /// <summary>The file, and where its tensor data begins.</summary>
    public (byte[] Bytes, int HeaderLength) Write()
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write("GGUF"u8);
        writer.Write(3u);
        writer.Write((ulong)Tensors.Count);
        writer.Write((ulong)Values.Count);
        foreach (var (key, value) in Values)
        {
            Text(key);
            writer.Write((uint)value.Type);
            if (value.ElementType is { } element)
            {
                writer.Write((uint)element);
                writer.Write((ulong)((Array)value.Content).Length);
                foreach (var item in (Array)value.Content)
                    Scalar(item);
            }
            else
            {
                Scalar(value.Content);
            }
        }

        var offset = 0L;
        foreach (var tensor in Tensors)
        {
            Text(tensor.Name);
            writer.Write((uint)tensor.Dimensions.Length);
            foreach (var extent in tensor.Dimensions)
                writer.Write(extent);
            writer.Write((uint)tensor.Type);
            writer.Write(offset);
            offset += tensor.Data.Length + Padding(tensor.Data.Length);
        }

        writer.Write(new byte[Padding(stream.Position)]);
        var header = (int)stream.Position;
        foreach (var tensor in Tensors)
        {
            writer.Write(tensor.Data);
            writer.Write(new byte[Padding(tensor.Data.Length)]);
        }

        return (stream.ToArray(), header);

        void Text(string text)
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            writer.Write((ulong)bytes.Length);
            writer.Write(bytes);
        }

        void Scalar(object value)
        {
            switch (value)
            {
                case string v: Text(v); break;
                case bool v: writer.Write(v); break;
                case byte v: writer.Write(v); break;
                case sbyte v: writer.Write(v); break;
                case ushort v: writer.Write(v); break;
                case short v: writer.Write(v); break;
                case uint v: writer.Write(v); break;
                case int v: writer.Write(v); break;
                case ulong v: writer.Write(v); break;
                case long v: writer.Write(v); break;
                case float v: writer.Write(v); break;
                default: writer.Write((double)value); break;
            }
        }
    }

    private static int Padding(long length) => (int)((Alignment - (length % Alignment)) % Alignment);

    internal sealed class Tensor
    {
        public required string Name { get; set; }

        public required GgufTensorType Type { get; set; }

        public required long[] Dimensions { get; set; }

        public required byte[] Data { get; set; }

        /// <summary>Bytes that the shape takes in a format, or <see langword="null"/> when rows do not fill whole blocks of it.</summary>
        public long? SizeAs(GgufTensorType type) => GgufTensorFormat.Of(type) is { } format && Dimensions[0] % format.BlockLength == 0
            ? Dimensions.Skip(1).Aggregate(Dimensions[0] / format.BlockLength * format.BlockBytes, static (size, extent) => size * extent)
            : null;
    }
}
