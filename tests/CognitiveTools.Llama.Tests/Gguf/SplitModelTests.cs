using CognitiveTools.Llama.Gguf;
using CognitiveTools.Llama.Latents;
using CognitiveTools.Llama.Models;
using CognitiveTools.TestModels;

namespace CognitiveTools.Llama.Tests.Gguf;

public sealed class SplitModelTests
{
    private static readonly TinyModelOptions Untied = new() { Tied = false };

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public void Every_tensor_is_found_in_whichever_part_it_is(int parts)
    {
        using var folder = new TemporaryFolder();
        var whole = TinyModel.Write(folder.File("m.gguf"), 1, Untied);
        using var expected = GgufFile.Open(whole);
        using var split = GgufModelFile.Open(SplitModel.Write(whole, parts)[0]);

        Assert.Equal(expected.Tensors.Select(static t => (t.Name, t.Shape)), split.Tensors.Select(static t => (t.Name, t.Shape)));
        Assert.Equal(expected.Tensors.Sum(static t => t.ByteLength), split.Tensors.Sum(static t => t.ByteLength));
        Assert.InRange(split.WeightBytes, expected.Tensors.Sum(static t => t.ByteLength), expected.Length);
        foreach (var tensor in expected.Tensors)
            Assert.Equal(FirstRow(expected.OpenTensor(tensor.Name)), FirstRow(split.OpenTensor(tensor.Name)));
    }

    [Fact]
    public void The_output_matrix_of_a_split_model_is_its_own_and_not_the_input_matrix()
    {
        using var folder = new TemporaryFolder();
        var whole = TinyModel.Write(folder.File("m.gguf"), 1, Untied);
        var parts = SplitModel.Write(whole, 3);
        using (var first = GgufFile.Open(parts[0]))
            Assert.False(first.TryGetTensor("output.weight", out _)); // it is in the last part
        using var one = LlamaModel.Load(new() { Path = whole });
        using var many = LlamaModel.Load(new() { Path = parts[0] });

        using var expected = LlamaTokenEmbeddings.OpenOutput(one);
        using var output = LlamaTokenEmbeddings.OpenOutput(many);
        using var input = LlamaTokenEmbeddings.Open(many);

        Assert.Equal(expected.MeanNorm, output.MeanNorm);
        Assert.NotEqual(input.MeanNorm, output.MeanNorm);
        Assert.Equal(Row(expected, 300), Row(output, 300));
    }

    [Fact]
    public void Another_part_than_the_first_is_refused_with_the_name_of_the_first()
    {
        using var folder = new TemporaryFolder();
        var parts = SplitModel.Write(TinyModel.Write(folder.File("m.gguf"), 1), 3);

        var refusal = Assert.Throws<GgufException>(() => LlamaModel.Load(new() { Path = parts[1] }));

        Assert.Contains("is part 2 of 3 of a split model", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(parts[0], refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_parts_are_named()
    {
        using var folder = new TemporaryFolder();
        var parts = SplitModel.Write(TinyModel.Write(folder.File("m.gguf"), 1), 4);
        File.Delete(parts[1]);
        File.Delete(parts[3]);

        var refusal = Assert.Throws<FileNotFoundException>(() => LlamaModel.Load(new() { Path = parts[0] }));

        Assert.Contains("2 of the others are missing", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("m-00002-of-00004.gguf, m-00004-of-00004.gguf", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_part_with_another_name_is_refused_with_the_name_that_it_needs()
    {
        using var folder = new TemporaryFolder();
        var parts = SplitModel.Write(TinyModel.Write(folder.File("m.gguf"), 1), 2);
        File.Move(parts[0], folder.File("renamed.gguf"));

        var refusal = Assert.Throws<GgufException>(() => LlamaModel.Load(new() { Path = folder.File("renamed.gguf") }));

        Assert.Contains("MODEL-00001-of-00002.gguf", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parts_of_different_models_are_refused()
    {
        using var folder = new TemporaryFolder();
        var parts = SplitModel.Write(TinyModel.Write(folder.File("m.gguf"), 1), 3);
        File.Copy(parts[1], parts[2], overwrite: true);
        Assert.Contains(parts[2], Refusal(), StringComparison.Ordinal);

        SplitModel.Write(TinyModel.Write(folder.File("m.gguf"), 1), 3, static part => (part, part == 1 ? 5 : 3));
        Assert.Contains("part 2 of 5", Refusal(), StringComparison.Ordinal);

        SplitModel.Write(TinyModel.Write(folder.File("m.gguf"), 1), 3);
        SplitModel.Write(TinyModel.Write(folder.File("deep.gguf"), 1, new() { Layers = 5 }), 3);
        File.Copy(folder.File("deep-00002-of-00003.gguf"), parts[1], overwrite: true);
        Assert.Contains("one conversion", Refusal(), StringComparison.Ordinal);

        string Refusal() => Assert.Throws<GgufException>(() => LlamaModel.Load(new() { Path = parts[0] })).Message;
    }

    [Fact]
    public void A_tensor_of_a_forbidden_format_is_found_in_any_part()
    {
        using var folder = new TemporaryFolder();
        var whole = folder.File("m.gguf");
        TinyModel.Write(whole, 1);
        var bad = folder.File("bad.gguf");
        using (var file = GgufFile.Open(whole))
        {
            var writer = new GgufWriter();
            foreach (var key in file.Metadata.Keys)
                writer.Add(key, file.Metadata.TryGetValue(key, out var value) ? value : throw new InvalidOperationException(key));
            foreach (var tensor in file.Tensors)
            {
                var type = tensor.Name == "output_norm.weight" ? GgufTensorType.F16 : tensor.Type; // a vector that is not F32
                writer.AddTensor(tensor.Name, type, tensor.Dimensions, (row, into) =>
                {
                    using var rows = file.OpenTensor(tensor.Name);
                    rows.ReadRow(row, into);
                });
            }

            writer.Write(bad);
        }

        using var split = GgufModelFile.Open(SplitModel.Write(bad, 3)[0]);
        var refusal = Assert.Throws<GgufException>(() => GgufModelCheck.Check(split));
        Assert.Contains("output_norm.weight", refusal.Message, StringComparison.Ordinal);
    }

    private static float[] FirstRow(GgufTensorReader reader)
    {
        using (reader)
        {
            var row = new float[reader.Tensor.RowLength];
            reader.ReadRow(0, row);
            return row;
        }
    }

    private static float[] Row(LlamaTokenEmbeddings embeddings, int token)
    {
        var row = new float[embeddings.Length];
        embeddings.CopyRow(token, row);
        return row;
    }
}
