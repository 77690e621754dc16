using CognitiveTools.Lab.Training.Packing;
using CognitiveTools.Llama.Gguf;

namespace CognitiveTools.Lab.Tests.Packing;

public sealed class LlamaPackerTests
{
    [Fact]
    public void Weights_arrive_under_llama_cpps_names_with_their_values()
    {
        using var fixture = new PackFixture();
        var report = fixture.Pack(static o => o with { Type = GgufTensorType.F32 });
        using var file = GgufFile.Open(report.Path);
        GgufModelCheck.Check(file);
        Assert.Equal(20, report.Tensors);
        Assert.Equal(fixture.Tensors.Values.Sum(static t => (long)t.Values.Length), report.Parameters);
        Assert.Equal(file.Length, report.Bytes);
        Assert.Equal(fixture.Tensors["model.embed_tokens.weight"].Values, Read(file, "token_embd.weight"));
        Assert.Equal(fixture.Tensors["model.layers.1.self_attn.k_proj.weight"].Values, Read(file, "blk.1.attn_k.weight"));
        Assert.Equal(fixture.Tensors["model.norm.weight"].Values, Read(file, "output_norm.weight"));
        Assert.Equal(2, file.Metadata.GetRequired<int>("tokenizer.ggml.eos_token_id"));
        Assert.Equal([3, 3, 3, 3, 1], file.Metadata.GetRequired<int[]>("tokenizer.ggml.token_type")[..5]);
    }

    [Fact]
    public void Rows_in_halves_become_the_interleaved_rows_that_mean_the_same()
    {
        using var interleaved = new PackFixture();
        using var halves = new PackFixture();
        halves.Config = halves.Config.Replace("\"context\"", "\"rope\": \"halves\", \"context\"", StringComparison.Ordinal);
        halves.Metadata["rope"] = "halves";
        foreach (var (name, (_, values)) in interleaved.Tensors)
            if (name.Contains("q_proj", StringComparison.Ordinal) || name.Contains("k_proj", StringComparison.Ordinal))
                ToHalves(values, halves.Tensors[name].Values);
        using var first = GgufFile.Open(interleaved.Pack().Path);
        using var second = GgufFile.Open(halves.Pack().Path);
        foreach (var tensor in first.Tensors)
            Assert.Equal(Read(first, tensor.Name), Read(second, tensor.Name));
    }

    [Theory]
    [InlineData("model.layers.1.mlp.up_proj.weight", "is missing")]
    [InlineData("model.norm.weight", "is missing")]
    public void A_missing_tensor_is_named(string name, string problem)
    {
        using var fixture = new PackFixture();
        fixture.Tensors.Remove(name);
        Refused(fixture, name, problem);
    }

    [Fact]
    public void A_left_over_tensor_a_wrong_shape_and_a_foreign_rope_are_named()
    {
        using var fixture = new PackFixture();
        fixture.Tensors["lm_head.weight"] = ([1], [0]);
        Refused(fixture, "lm_head.weight", "tied");
        fixture.Tensors.Remove("lm_head.weight");
        fixture.Tensors["model.norm.weight"] = ([3], [1, 2, 3]);
        Refused(fixture, "model.norm.weight", "[3]");
        fixture.Metadata["rope"] = "halves";
        Refused(fixture, "rope", "halves");
    }

    [Theory]
    [InlineData("""{"width": 32}""", "heads", "missing")]
    [InlineData("""{"width": 30, "layers": 1, "heads": 4, "hidden": 8, "context": 8}""", "heads", "even sizes")]
    [InlineData("""{"width": 32, "layers": 1, "heads": 4, "kv_heads": 3, "hidden": 8, "context": 8}""", "kv_heads", "divide")]
    [InlineData("""{"width": 32, "layers": 1, "heads": 4, "hidden": 8, "context": 8, "dropout": 0.1}""", "dropout", "unknown key")]
    [InlineData("""{"width": 32, "layers": 1, "heads": 4, "hidden": 8, "context": 15}""", "context", "16 at least")]
    [InlineData("""{"width": 32, "layers": -1, "heads": 4, "hidden": 8, "context": 8}""", "layers", "above 0")]
    [InlineData("""{"architecture": "gpt", "width": 32}""", "architecture", "neither llama nor hrm_text")]
    [InlineData("""{"architecture": "hrm_text", "width": 32, "layers": 2, "heads": 4, "hidden": 8, "context": 8}""", "layers",
        "layers_per_stack")]
    [InlineData("""{"architecture": "hrm_text", "layers_per_stack": 1, "h_cycles": 0, "l_cycles": 1, "width": 32, "heads": 4, "hidden": """
        + """8, "context": 8}""", "h_cycles", "above 0")]
    [InlineData("""{"architecture": "hrm_text", "layers_per_stack": 1, "h_cycles": 1, "l_cycles": 1, "width": 32, "heads": 4, "hidden": """
        + """8, "context": 8, "rope": "interleaved"}""", "rope", "halves")]
    [InlineData("""{"architecture": "hrm_text", "layers_per_stack": 1, "h_cycles": 1, "l_cycles": 1, "width": 32, "heads": 4, "hidden": """
        + """8, "context": 8, "tied": false}""", "tied", "embedding matrix")]
    [InlineData("{", "config.json", "JSON")]
    public void A_wrong_config_names_the_key(string config, string field, string problem)
    {
        using var fixture = new PackFixture { Config = config };
        Refused(fixture, field, problem);
    }

    [Fact]
    public void A_vocabulary_needs_all_bytes_unique_tokens_proper_escapes_and_the_turn_tokens()
    {
        using var fixture = new PackFixture();
        Refuse([.. PackFixture.Vocabulary.Where(static t => t != "a")], @"\x61");
        Refuse([.. PackFixture.Vocabulary, "the"], "is in line");
        Refuse([.. PackFixture.Vocabulary, @"\x74he"], "is in line");
        Refuse([.. PackFixture.Vocabulary, @"a\q"], "broken escape");
        Refuse([.. PackFixture.Vocabulary, "a\r"], "carriage return");
        Refuse([.. PackFixture.Vocabulary, ""], "is empty");
        Refuse([.. PackFixture.Vocabulary.Where(static t => t != "<|im_end|>")], "<|im_end|>");

        void Refuse(string[] lines, string problem)
        {
            fixture.Lines = lines;
            Refused(fixture, "vocab.txt", problem);
        }
    }

    private static void Refused(PackFixture fixture, string field, string problem)
    {
        var error = Assert.Throws<InvalidDataException>(() => fixture.Pack());
        Assert.Contains(field, error.Message, StringComparison.Ordinal);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    private static void ToHalves(float[] interleaved, float[] halves)
    {
        const int size = PackFixture.Width / PackFixture.Heads;
        for (var row = 0; row < interleaved.Length / PackFixture.Width; row++)
        {
            var (head, pair, side) = (row / size, row % size / 2, row % 2);
            interleaved.AsSpan(row * PackFixture.Width, PackFixture.Width)
                .CopyTo(halves.AsSpan((head * size + side * size / 2 + pair) * PackFixture.Width));
        }
    }

    private static float[] Read(GgufFile file, string name)
    {
        using var reader = file.OpenTensor(name);
        var values = new float[reader.Tensor.ElementCount];
        for (var row = 0; row < reader.Tensor.RowCount; row++)
            reader.ReadRow(row, values.AsSpan(row * (int)reader.Tensor.RowLength, (int)reader.Tensor.RowLength));
        return values;
    }
}
