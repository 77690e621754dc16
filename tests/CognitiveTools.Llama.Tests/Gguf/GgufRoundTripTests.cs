using CognitiveTools.Llama.Gguf;
using CsCheck;

namespace CognitiveTools.Llama.Tests.Gguf;

public sealed class GgufRoundTripTests
{
    private static readonly GgufTensorType[] Types = [GgufTensorType.F32, GgufTensorType.F16, GgufTensorType.BF16, GgufTensorType.Q8_0];
    private static readonly uint[] Alignments = [0, 1, 32, 256]; // 0 leaves the key out

    private static readonly Gen<string> Text = Gen.String.Where(
        static s => s.EnumerateRunes().All(static r => r != System.Text.Rune.ReplacementChar));

    private static readonly Gen<GgufValue> Value = Gen.OneOf(
        Gen.Byte.Select(GgufValue.Scalar),
        Gen.SByte.Select(GgufValue.Scalar),
        Gen.UShort.Select(GgufValue.Scalar),
        Gen.Short.Select(GgufValue.Scalar),
        Gen.UInt.Select(GgufValue.Scalar),
        Gen.Int.Select(GgufValue.Scalar),
        Gen.ULong.Select(GgufValue.Scalar),
        Gen.Long.Select(GgufValue.Scalar),
        Gen.Single.Select(GgufValue.Scalar),
        Gen.Double.Select(GgufValue.Scalar),
        Gen.Bool.Select(GgufValue.Scalar),
        Text.Select(GgufValue.Scalar),
        Gen.Byte.Array.Select(GgufValue.Array),
        Gen.SByte.Array.Select(GgufValue.Array),
        Gen.UShort.Array.Select(GgufValue.Array),
        Gen.Short.Array.Select(GgufValue.Array),
        Gen.UInt.Array.Select(GgufValue.Array),
        Gen.Int.Array.Select(GgufValue.Array),
        Gen.ULong.Array.Select(GgufValue.Array),
        Gen.Long.Array.Select(GgufValue.Array),
        Gen.Single.Array.Select(GgufValue.Array),
        Gen.Double.Array.Select(GgufValue.Array),
        Gen.Bool.Array.Select(GgufValue.Array),
        Text.Array.Select(GgufValue.Array),
        Gen.Select(Gen.Int.Array, Text.Array)
            .Select(static (a, b) => GgufValue.Nested(GgufValue.Array(a), GgufValue.Nested(GgufValue.Array(b)))));

    private static readonly Gen<(GgufTensorType Type, int Rows, int Blocks, float[] Seeds)> Tensor = Gen.Select(
        Gen.Int[0, Types.Length - 1].Select(static i => Types[i]), Gen.Int[1, 4], Gen.Int[1, 3], Gen.Float[-100, 100].Array[7]);

    [Fact]
    public void What_was_written_is_read_back()
    {
        Gen
            .Select(Value.Array[0, 8], Tensor.Array[0, 4], Gen.Int[0, Alignments.Length - 1].Select(static i => Alignments[i]))
            .Sample((values, tensors, alignment) =>
        {
            using var folder = new TemporaryFolder();
            var path = folder.File("any.gguf");
            var writer = new GgufWriter();
            if (alignment != 0)
                writer.Add(GgufFile.AlignmentKey, alignment);
            for (var i = 0; i < values.Length; i++)
                writer.Add($"key.{i}", values[i]);
            for (var i = 0; i < tensors.Length; i++)
            {
                var seeds = tensors[i].Seeds;
                writer.AddTensor(
                    $"tensor.{i}", tensors[i].Type, [tensors[i].Blocks * 32, tensors[i].Rows], (row, into) => Fill(seeds, row, into));
            }
            writer.Write(path);

            using var file = GgufFile.Open(path);
            Assert.Equal(alignment == 0 ? GgufFile.DefaultAlignment : (int)alignment, file.Alignment);
            for (var i = 0; i < values.Length; i++)
                Assert.True(file.Metadata.TryGetValue($"key.{i}", out var read) && Same(values[i], read), $"{values[i]}");
            Assert.Equal(tensors.Length, file.Tensors.Count);
            for (var i = 0; i < tensors.Length; i++)
                AssertRows(file, $"tensor.{i}", tensors[i]);
        }, iter: 200);
    }

    [Fact]
    public void Bytes_that_are_not_utf8_survive_as_distinct_strings()
    {
        byte[][] raw = [[0xFF], [0xFE], [0x41, 0xC3], [0xE2, 0x96, 0x81], [0xE2, 0x96], []];
        var texts = Array.ConvertAll(raw, static b => GgufText.Decode(b));
        Assert.Equal(texts.Length, texts.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(raw, texts.Select(GgufText.Encode));
    }

    [Fact]
    public void Q8_rows_match_the_reference_blocks()
    {
        // scale 127/127 = 1 and halves rounded away from zero, as ggml's reference does
        var row = new float[32];
        (row[0], row[1], row[2], row[3]) = (127, 0.5f, -0.5f, -126.6f);
        var packed = new byte[34];
        GgufRowCodec.Pack(GgufTensorType.Q8_0, row, packed);
        Assert.Equal([0x00, 0x3C, 127, 1, 0xFF, 0x81, 0], packed[..7]);
    }

    private static void AssertRows(GgufFile file, string name, (GgufTensorType Type, int Rows, int Blocks, float[] Seeds) expected)
    {
        using var reader = file.OpenTensor(name);
        Assert.Equal(expected.Rows, reader.Tensor.RowCount);
        Assert.Equal(0, (reader.Tensor.Offset - file.DataOffset) % file.Alignment);
        var (want, got) = (new float[expected.Blocks * 32], new float[expected.Blocks * 32]);
        for (var row = 0; row < expected.Rows; row++)
        {
            Fill(expected.Seeds, row, want);
            reader.ReadRow(row, got);
            // half: 11 bits, bfloat: 8 bits, Q8_0: half a step of max/127 plus the half-precision scale
            var tolerance =
                expected.Type switch { GgufTensorType.F32 => 0, GgufTensorType.F16 => 0.05f, GgufTensorType.BF16 => 0.4f, _ => 0.5f };
            for (var i = 0; i < want.Length; i++)
                Assert.InRange(got[i], want[i] - tolerance, want[i] + tolerance);
        }
    }

    private static void Fill(float[] seeds, long row, Span<float> into)
    {
        for (var i = 0; i < into.Length; i++)
            into[i] = seeds[(i + row) % seeds.Length];
    }

    private static bool Same(GgufValue a, GgufValue b)
        => a.Type == b.Type && a.ElementType == b.ElementType && (a.Content, b.Content) switch
        {
            (GgufValue[] x, GgufValue[] y) => x.Length == y.Length && x.Zip(y).All(static p => Same(p.First, p.Second)),
            (Array x, Array y) => x.Cast<object>().SequenceEqual(y.Cast<object>()),
            var (x, y) => x.Equals(y),
        };
}
