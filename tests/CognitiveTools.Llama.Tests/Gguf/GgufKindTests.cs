using CognitiveTools.Llama.Gguf;
using CognitiveTools.Llama.Models;

namespace CognitiveTools.Llama.Tests.Gguf;

public sealed class GgufKindTests
{
    [Theory]
    [InlineData("clip", "model", "projector (mmproj)", "Give the language model's own GGUF file")]
    [InlineData("clip", "mmproj", "projector (mmproj)", "Give the language model's own GGUF file")]
    [InlineData("llama", "adapter", "LoRA adapter", "+lora=FILE")]
    [InlineData("controlvector", null, "control vector", "steer:vector=FILE")]
    [InlineData(null, "imatrix", "importance matrix", "Give the model's own GGUF file")]
    public void Another_kind_of_file_is_named_as_what_it_is(string? architecture, string? type, string what, string remedy)
    {
        var message = Refusal(writer =>
        {
            if (architecture is not null)
                writer.Add("general.architecture", architecture);
            if (type is not null)
                writer.Add("general.type", type);
            writer.AddTensor("v.weight", GgufTensorType.F32, [4], static (_, row) => row.Clear());
        });

        Assert.Contains(what, message, StringComparison.Ordinal);
        Assert.Contains(remedy, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hello", "starts with 'hell', not with 'GGUF'")]
    [InlineData("{\n  }", "starts with the bytes 7B0A2020, not with 'GGUF'")]
    public void What_a_file_begins_with_is_shown_as_text_where_it_is_one(string text, string expected)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("x.gguf"), text);

        var error = Assert.Throws<GgufException>(() => GgufFile.Open(folder.File("x.gguf")));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_vocabulary_without_weights_is_named_as_one() => Assert.Contains(
        "the file has a vocabulary and no weights",
        Refusal(static writer =>
        {
            writer.Add("general.architecture", "llama");
            writer.AddArray("tokenizer.ggml.tokens", ["a", "b"]);
        }),
        StringComparison.Ordinal);

    [Fact]
    public void A_file_without_anything_is_named_as_one() => Assert.Contains(
        "the file has no weights", Refusal(static writer => writer.Add("general.architecture", "llama")), StringComparison.Ordinal);

    [Fact]
    public void A_pointer_of_git_lfs_is_named_as_one()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("m.gguf"), "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n");

        Assert.Contains("git lfs pull", Load(folder.File("m.gguf")), StringComparison.Ordinal);
    }

    private static string Refusal(Action<GgufWriter> write)
    {
        using var folder = new TemporaryFolder();
        var writer = new GgufWriter();
        write(writer);
        writer.Write(folder.File("m.gguf"));
        return Load(folder.File("m.gguf"));
    }

    private static string Load(string path) => Assert.Throws<GgufException>(() => LlamaModel.Load(new() { Path = path })).Message;
}
