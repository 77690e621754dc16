using System.Buffers.Binary;
using System.Text;
using CognitiveTools.Lab.Training.Packing;
using CognitiveTools.Llama.Tests;
using CsCheck;

namespace CognitiveTools.Lab.Tests.Packing;

public sealed class SafetensorsFileTests
{
    [Fact]
    public void Halves_and_brain_floats_are_read_as_floats()
    {
        using var folder = new TemporaryFolder();
        var path = Write(
            folder, """{"h":{"dtype":"F16","shape":[2,1],"data_offsets":[0,4]},"b":{"dtype":"BF16","shape":[2],"data_offsets":[4,8]}}""",
            [0x00, 0x3C, 0x00, 0xC0, 0x80, 0x3F, 0x20, 0xC1]);
        using var file = SafetensorsFile.Open(path);
        var one = new float[1];
        file.ReadRow(file.Tensors["h"], 1, one);
        Assert.Equal(-2, one[0]);
        var two = new float[2];
        file.ReadRow(file.Tensors["b"], 0, two);
        Assert.Equal([1, -10], two);
    }

    [Theory]
    [InlineData("""{"t":{"dtype":"I64","shape":[1],"data_offsets":[0,8]}}""", "I64")]
    [InlineData("""{"t":{"dtype":"F32","shape":[1]}}""", "lacks")]
    [InlineData("""{"t":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", "lacks")]
    [InlineData("""{"t":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", "needs 12 bytes")]
    [InlineData("""{"t":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""", "has 8")]
    [InlineData("""{"t":{"dtype":"F32","shape":[4294967296,4294967296,4294967296],"data_offsets":[0,0]}}""", "larger than the file")]
    [InlineData("""{"t":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"t":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", "twice")]
    [InlineData("[1]", "not a JSON object")]
    [InlineData("{", "not valid JSON")]
    public void A_false_claim_is_named(string header, string problem)
    {
        using var folder = new TemporaryFolder();
        var path = Write(folder, header, new byte[8]);
        var error = Assert.Throws<InvalidDataException>(() => SafetensorsFile.Open(path));
        Assert.StartsWith(path, error.Message, StringComparison.Ordinal);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_damaged_bytes_are_reported_or_harmless()
    {
        using var folder = new TemporaryFolder();
        var path = Write(folder, """{"__metadata__":{"a":"b"},"t":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]}}""", new byte[8]);
        var valid = File.ReadAllBytes(path);
        Gen.Select(Gen.Int[0, valid.Length - 1], Gen.Byte, Gen.Int[0, valid.Length]).Sample((at, value, cut) =>
        {
            var bytes = (byte[])valid.Clone();
            bytes[at] = value;
            File.WriteAllBytes(path, cut % 2 == 0 ? bytes : bytes[..cut]);
            try
            {
                using var file = SafetensorsFile.Open(path);
                foreach (var tensor in file.Tensors.Values)
                    for (var row = 0; row < tensor.RowCount; row++)
                        file.ReadRow(tensor, row, new float[tensor.RowLength]);
            }
            catch (InvalidDataException error)
            {
                Assert.StartsWith(path, error.Message, StringComparison.Ordinal);
            }
        }, iter: 1000, threads: 1);
    }

    private static string Write(TemporaryFolder folder, string header, byte[] data)
    {
        var path = folder.File("t.safetensors");
        var prefix = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(prefix, (ulong)Encoding.UTF8.GetByteCount(header));
        File.WriteAllBytes(path, [.. prefix, .. Encoding.UTF8.GetBytes(header), .. data]);
        return path;
    }
}
