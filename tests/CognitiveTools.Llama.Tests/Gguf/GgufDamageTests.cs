using System.Buffers.Binary;
using CognitiveTools.Llama.Gguf;
using CsCheck;

namespace CognitiveTools.Llama.Tests.Gguf;

public sealed class GgufDamageTests
{
    private static readonly byte[] Valid = Build();
    private static readonly ulong[] Nasty = [0, ulong.MaxValue, long.MaxValue, 1UL << 62, 1UL << 31, 1UL << 24];

    [Fact]
    public void Any_truncation_is_reported_or_harmless()
    {
        using var folder = new TemporaryFolder();
        for (var length = 0; length < Valid.Length; length++)
            Check(folder, Valid.AsSpan(0, length));
    }

    [Fact]
    public void Any_damaged_bytes_are_reported_or_harmless()
    {
        using var folder = new TemporaryFolder();
        Gen.Select(
            Gen.Int[0, Valid.Length - 9], Gen.OneOf(Gen.ULong, Gen.Int[0, Nasty.Length - 1].Select(static i => Nasty[i])),
            Gen.Int[1, 8]).Array[1, 3].Sample(damages =>
        {
            var bytes = (byte[])Valid.Clone();
            Span<byte> written = stackalloc byte[8];
            foreach (var (at, value, count) in damages)
            {
                BinaryPrimitives.WriteUInt64LittleEndian(written, value);
                written[..count].CopyTo(bytes.AsSpan(at));
            }
            Check(folder, bytes);
        }, iter: 1500, threads: 1);
    }

    [Theory]
    [InlineData("GGML", "magic", "not a GGUF model")]
    [InlineData("GGUF\x04", "version", "version 4")]
    [InlineData("GGUF\0\0\0\x03", "version", "big-endian")]
    public void A_foreign_file_is_named_for_what_it_is(string start, string field, string problem)
    {
        using var folder = new TemporaryFolder();
        var bytes = new byte[64];
        System.Text.Encoding.Latin1.GetBytes(start, bytes);
        var path = folder.File("foreign.gguf");
        File.WriteAllBytes(path, bytes);
        var error = Assert.Throws<GgufException>(() => GgufFile.Open(path));
        Assert.Equal(field, error.Field);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
        Assert.StartsWith(path, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cut_download_names_the_first_tensor_that_is_missing_bytes()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("cut.gguf");
        File.WriteAllBytes(path, Valid[..^64]);
        var error = Assert.Throws<GgufException>(() => GgufFile.Open(path));
        Assert.Equal("tensor 'second'", error.Field);
        Assert.Contains("download", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_claim_of_many_strings_is_refused_before_memory_is_taken()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("claims.gguf");
        var bytes = (byte[])Valid.Clone();
        // the string array's count follows its key, its type and its element type
        var at = bytes.AsSpan().IndexOf("some.texts"u8) + "some.texts".Length + 8;
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(at), 10_000_000);
        File.WriteAllBytes(path, bytes);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.Throws<GgufException>(() => GgufFile.Open(path));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
        Assert.Equal("some.texts", error.Field);
    }

    [Fact]
    public void A_missing_key_and_a_wrong_type_are_named()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("valid.gguf");
        File.WriteAllBytes(path, Valid);
        using var file = GgufFile.Open(path);
        Assert.Equal("absent.key", Assert.Throws<GgufException>(() => file.Metadata.GetRequired<int>("absent.key")).Field);
        Assert.Contains(
            "String[2]", Assert.Throws<GgufException>(() => file.Metadata.GetRequired<int>("some.texts")).Message,
            StringComparison.Ordinal);
        Assert.Throws<GgufException>(() => file.Metadata.GetRequired<int[]>("some.numbers"));
        Assert.Equal(7, file.Metadata.GetRequired<long>("a.number"));
        Assert.Throws<GgufException>(() => file.Metadata.GetRequired<uint>("a.negative"));
        Assert.Equal("third", Assert.Throws<GgufException>(() => file.GetTensor("third")).Field);
    }

    private static void Check(TemporaryFolder folder, ReadOnlySpan<byte> bytes)
    {
        var path = folder.File("damaged.gguf");
        using (var stream = File.Create(path))
            stream.Write(bytes);
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            using var file = GgufFile.Open(path);
            foreach (var tensor in file.Tensors)
            {
                using var reader = file.OpenTensor(tensor.Name);
                reader.ReadRow(tensor.RowCount - 1, new byte[tensor.BytesPerRow]);
            }
        }
        catch (GgufException error)
        {
            Assert.Equal(path, error.FilePath);
        }
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    private static byte[] Build()
    {
        var stream = new MemoryStream();
        new GgufWriter()
            .Add("general.architecture", "llama")
            .Add(GgufFile.AlignmentKey, 64u)
            .Add("a.number", 7u)
            .Add("a.negative", -7)
            .AddArray("some.texts", ["one", "two"])
            .AddArray("some.numbers", [1u, 2u])
            .Add("some.nested", GgufValue.Nested(GgufValue.Array([1, 2]), GgufValue.Array(["x"])))
            .AddTensor("first", GgufTensorType.F32, [4, 2], static (_, row) => row.Fill(1))
            .AddTensor("second", GgufTensorType.Q8_0, [32, 2, 2], static (_, row) => row.Fill(2))
            .Write(stream);
        return stream.ToArray();
    }
}
