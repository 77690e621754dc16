using CognitiveTools.Llama.Gguf;
using CognitiveTools.TestModels;

namespace CognitiveTools.Llama.Tests.Gguf;

public sealed class GgufModelCheckTests
{
    [Fact]
    public void A_generated_model_passes()
    {
        using var folder = new TemporaryFolder();
        using var file = GgufFile.Open(TinyModel.Write(folder.File("m.gguf"), 1));
        GgufModelCheck.Check(file);
    }

    [Theory]
    [InlineData("llama.block_count", 0u)]
    [InlineData("llama.block_count", 513u)]
    [InlineData("llama.embedding_length", 48u)]
    [InlineData("llama.attention.head_count", 0u)]
    [InlineData("llama.attention.value_length", 4u)]
    [InlineData("llama.rope.dimension_count", 4u)]
    [InlineData("llama.rope.scaling.type", "cubic")]
    [InlineData("llama.expert_count", 2000u)]
    [InlineData("llama.expert_used_count", 2u)]
    [InlineData("llama.expert_group_count", 2u)]
    [InlineData("tokenizer.ggml.model", "none")]
    public void A_value_on_which_llama_cpp_would_abort_is_refused_by_name(string key, object value)
        => Assert.Equal(key, Refusal(key, value is uint number ? GgufValue.Scalar(number) : GgufValue.Scalar((string)value)).Field);

    [Theory]
    [InlineData("rwkv7", 32u, "64 elements at once")]
    [InlineData("arwkv7", 16u, "64 elements at once")]
    [InlineData("rwkv6", 24u, "does not divide")]
    public void Heads_beyond_whose_state_ggml_would_write_are_refused(string architecture, uint size, string reason)
    {
        var error = Refusal($"{architecture}.wkv.head_size", GgufValue.Scalar(size), architecture);

        Assert.Equal($"{architecture}.wkv.head_size", error.Field);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_encoder_is_refused_with_the_reason_and_the_remedy()
    {
        var error = Refusal("llama.attention.causal", GgufValue.Scalar(false));

        Assert.Equal("llama.attention.causal", error.Field);
        Assert.Contains("is an encoder", error.Message, StringComparison.Ordinal);
        Assert.Contains("Use a generative language model", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_equal_tokens_are_refused_with_their_ids()
    {
        var error = Refusal("tokenizer.ggml.tokens", GgufValue.Array(["<unk>", "a", "b", "a"]));
        Assert.Contains("tokens 1 and 3 are both 'a'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_without_an_architecture_is_refused()
        => Assert.Equal("general.architecture", Refusal("general.architecture", null).Field);

    /// <summary>Copies a valid model, as another architecture, with one value changed or left out; returns what the check says.</summary>
    private static GgufException Refusal(string key, GgufValue? value, string architecture = "llama")
    {
        using var folder = new TemporaryFolder();
        var changed = folder.File("changed.gguf");
        using (var original = GgufFile.Open(TinyModel.Write(folder.File("m.gguf"), 1)))
        {
            var writer = new GgufWriter();
            foreach (var name in original.Metadata.Keys)
                if (name != key && original.Metadata.TryGetValue(name, out var kept))
                    writer.Add(
                        name.Replace("llama.", $"{architecture}.", StringComparison.Ordinal),
                        name == "general.architecture" ? GgufValue.Scalar(architecture) : kept);
            if (value is not null)
                writer.Add(key, value);
            foreach (var tensor in original.Tensors)
                writer.AddTensor(tensor.Name, tensor.Type, tensor.Dimensions, (row, into) =>
                {
                    using var rows = original.OpenTensor(tensor.Name);
                    rows.ReadRow(row, into);
                });
            writer.Write(changed);
        }
        using var file = GgufFile.Open(changed);
        return Assert.Throws<GgufException>(() => GgufModelCheck.Check(file));
    }
}
