using CognitiveTools.Llama.Gguf;
using CognitiveTools.TestModels;

namespace CognitiveTools.Llama.Tests.Gguf;

public sealed class TinyModelTests
{
    [Fact]
    public void The_same_seed_writes_the_same_bytes_and_another_seed_does_not()
    {
        using var folder = new TemporaryFolder();
        var first = File.ReadAllBytes(TinyModel.Write(folder.File("1.gguf"), 1));
        Assert.Equal(first, File.ReadAllBytes(TinyModel.Write(folder.File("1b.gguf"), 1)));
        Assert.NotEqual(first, File.ReadAllBytes(TinyModel.Write(folder.File("2.gguf"), 2)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_model_has_an_output_matrix_unless_tied(bool tied)
    {
        using var folder = new TemporaryFolder();
        using var file = GgufFile.Open(TinyModel.Write(folder.File("m.gguf"), 1, new() { Tied = tied, Layers = 3 }));
        Assert.Equal(!tied, file.TryGetTensor("output.weight", out _));
        Assert.Equal(3, file.Metadata.GetRequired<int>("llama.block_count"));
        Assert.Equal(512, file.Metadata.GetRequired<string[]>("tokenizer.ggml.tokens").Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Options_that_contradict_each_other_are_refused()
    {
        using var folder = new TemporaryFolder();
        Assert.Throws<ArgumentException>(() => TinyModel.Write(folder.File("m.gguf"), 1, new() { Width = 30 }));
        Assert.Throws<ArgumentException>(() => TinyModel.Write(folder.File("m.gguf"), 1, new() { KvHeads = 3 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => TinyModel.Write(folder.File("m.gguf"), 1, new() { Vocabulary = 10 }));
    }
}
