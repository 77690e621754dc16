using CognitiveTools.Llama.Gguf;
using CognitiveTools.Llama.Tests.Gguf.Mutants;
using CognitiveTools.TestModels;

namespace CognitiveTools.Llama.Tests.Gguf;

/// <summary>Tensor formats by role, vocabularies, and numbers per layer: each refused file names its key or tensor and a remedy.</summary>
public sealed class GgufRoleTests
{
    private const string Tokens =
        "tokenizer.ggml.tokens", Types = "tokenizer.ggml.token_type", Scores = "tokenizer.ggml.scores", Kind = "tokenizer.ggml.model";

    public static TheoryData<string, string, bool> Formats()
    {
        var data = new TheoryData<string, string, bool>();
        foreach (var type in Enum.GetValues<GgufTensorType>())
        {
            if (GgufTensorFormat.Of(type) is not { } format || 256 % format.BlockLength != 0)
                continue;
            var isWhole = type is GgufTensorType.I8 or GgufTensorType.I16 or GgufTensorType.I32 or GgufTensorType.I64;
            var computes = !isWhole && type is not (GgufTensorType.F64 or GgufTensorType.Q8_1 or GgufTensorType.Q8_K);
            data.Add("token_embd.weight", $"{type}", computes);
            data.Add("blk.0.attn_q.weight", $"{type}", computes);
            data.Add("blk.1.ffn_down.weight", $"{type}", computes);
            data.Add("output_norm.weight", $"{type}", type == GgufTensorType.F32);
            data.Add("blk.0.attn_q.bias", $"{type}", type == GgufTensorType.F32);
            data.Add("blk.0.attn_q_norm.weight", $"{type}", type == GgufTensorType.F32);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_tensor_is_refused_in_formats_that_its_role_cannot_have(string name, string format, bool passes)
    {
        var type = Enum.Parse<GgufTensorType>(format);
        var refusal = Check(image =>
        {
            image.Tensors.RemoveAll(tensor => tensor.Name == name);
            var dimensions = name.Contains("norm", StringComparison.Ordinal) || name.EndsWith("bias", StringComparison.Ordinal)
                ? new long[] { 256 }
                : [256, 512];
            var tensor = new GgufImage.Tensor { Name = name, Type = type, Dimensions = dimensions, Data = [] };
            tensor.Data = new byte[tensor.SizeAs(type)!.Value];
            image.Tensors.Add(tensor);
        });

        if (passes)
        {
            Assert.Null(refusal);
            return;
        }

        Assert.Equal($"tensor '{name}'", refusal?.Field);
        Assert.Contains(type.ToString(), refusal!.Message, StringComparison.Ordinal);
        Assert.Contains("Convert or quantize", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("llama.context_length", 15u)]
    [InlineData("llama.context_length", 0u)]
    [InlineData("llama.context_length", uint.MaxValue)]
    [InlineData("llama.attention.head_count", 256u)]
    [InlineData("llama.attention.head_count_kv", 3u)]
    [InlineData("llama.attention.layer_norm_rms_epsilon", float.NaN)]
    [InlineData("llama.attention.layer_norm_rms_epsilon", -1f)]
    [InlineData("llama.attention.layer_norm_rms_epsilon", 0f)]
    [InlineData("llama.rope.freq_base", 0f)]
    [InlineData("llama.rope.freq_base", float.PositiveInfinity)]
    [InlineData("llama.rope.scaling.factor", -1f)]
    [InlineData("llama.some_new_number", float.NaN)]
    [InlineData("tokenizer.ggml.eos_token_id", 512u)]
    [InlineData("tokenizer.ggml.bos_token_id", uint.MaxValue)]
    [InlineData("tokenizer.ggml.model", "bert")]
    public void A_number_out_of_its_range_is_refused_by_its_key(string key, object value)
    {
        var changed = value switch
        {
            uint whole => GgufValue.Scalar(whole),
            float number => GgufValue.Scalar(number),
            _ => GgufValue.Scalar((string)value),
        };
        Assert.Equal(key, Check(Set(key, changed))?.Field);
    }

    [Theory]
    [InlineData("llama.some_new_key", 7u)]
    [InlineData("tokenizer.ggml.padding_token_id", 99_999u)]
    [InlineData("llama.vocab_size", 0u)]
    [InlineData("llama.context_length", 16u)]
    public void What_llama_cpp_does_not_trip_over_passes(string key, uint value) => Assert.Null(Check(Set(key, GgufValue.Scalar(value))));

    [Theory]
    [InlineData("llama.attention.head_count_kv", new uint[] { 2, 0 })]
    [InlineData("llama.attention.head_count_kv", new uint[] { 2, 3 })]
    [InlineData("llama.attention.head_count_kv", new uint[] { 2, 1 })]
    [InlineData("llama.attention.head_count_kv", new uint[] { 2 })]
    [InlineData("llama.attention.head_count", new uint[] { 4, 0 })]
    [InlineData("llama.attention.head_count", new uint[] { 0, 0 })]
    [InlineData("llama.attention.head_count", new uint[] { 4, 4, 4 })]
    [InlineData("llama.feed_forward_length", new uint[] { 64, uint.MaxValue })]
    [InlineData("llama.expert_used_count", new uint[] { 1, 2 })]
    public void A_count_per_layer_must_fit_every_layer(string key, uint[] counts) =>
        Assert.Equal(key, Check(Set(key, GgufValue.Array(counts)))?.Field);

    [Fact]
    public void Counts_per_layer_that_fit_pass()
    {
        Assert.Null(Check(Set("llama.attention.head_count", GgufValue.Array<uint>([4, 4]))));
        Assert.Null(Check(Set("llama.attention.head_count_kv", GgufValue.Array<uint>([2, 2]))));
    }

    [Fact]
    public void A_vocabulary_that_merges_needs_all_bytes_and_finite_scores()
    {
        Assert.Equal(Tokens, WithoutByte("<0x0A>")?.Field);
        Assert.Null(WithoutByte("<0xFF>")); // no text in UTF-8 has that byte
        Assert.Equal(Scores, Check(Set(Scores, GgufValue.Array(Enumerable.Repeat(float.NaN, 512).ToArray())))?.Field);
        Assert.Equal(Scores, Check(Set(Scores, GgufValue.Array(new float[3])))?.Field);
        Assert.Equal(Scores, Check(image => image.Values.RemoveAll(entry => entry.Key == Scores))?.Field);

        static GgufException? WithoutByte(string token) => Check(image =>
        {
            Replace(image, Tokens, token, "other");
            image.Values.RemoveAll(entry => entry.Key == Types);
        });
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(7)]
    [InlineData(3)]
    public void Token_types_must_be_known_and_leave_text(int type) =>
        Assert.Equal(Types, Check(Set(Types, GgufValue.Array(Enumerable.Repeat(type, 512).ToArray())))?.Field);

    [Fact]
    public void A_byte_token_must_have_a_bytes_name_and_the_types_one_for_each_token()
    {
        Assert.Equal(Types, Check(Set(Types, GgufValue.Array(Enumerable.Repeat(6, 512).ToArray())))?.Field);
        Assert.Equal(Types, Check(Set(Types, GgufValue.Array(Enumerable.Repeat(1, 511).ToArray())))?.Field);
    }

    [Fact]
    public void A_tree_of_bytes_must_have_a_token_for_every_byte_that_a_token_begins_with()
    {
        string[] ascii = [.. Enumerable.Range(' ', 95).Select(c => c == '\\' ? @"\\" : $"{(char)c}"), @"\x0a"];
        Assert.Null(Rwkv([.. ascii, @"\xe2", @"\xe2\x82\xac", "the"]));
        Assert.Contains("begins with the byte E2", Rwkv([.. ascii, @"\xe2\x82\xac"])?.Message, StringComparison.Ordinal);
        Assert.Contains("byte 77", Rwkv([.. ascii.Where(t => t != "w"), "w1", "w2"])?.Message, StringComparison.Ordinal);
        Assert.Contains("the byte 0A has no token", Rwkv([.. ascii.SkipLast(1)])?.Message, StringComparison.Ordinal);

        static GgufException? Rwkv(string[] tokens) => Check(image =>
        {
            Set(Kind, GgufValue.Scalar("rwkv"))(image);
            Set(Tokens, GgufValue.Array(tokens))(image);
            image.Values.RemoveAll(entry => entry.Key is Types or Scores
                || entry.Key.EndsWith("_token_id", StringComparison.Ordinal)
                || entry.Key.StartsWith("tokenizer.ggml.add_", StringComparison.Ordinal));
        });
    }

    [Theory]
    [InlineData("nospace")]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(" a")]
    [InlineData("a ")]
    public void A_merge_is_two_pieces(string merge)
    {
        Assert.Equal("tokenizer.ggml.merges", Bpe(merge)?.Field);
        Assert.Null(Bpe("a b"));

        static GgufException? Bpe(string merge) => Check(image =>
        {
            Set(Kind, GgufValue.Scalar("gpt2"))(image);
            Set("tokenizer.ggml.merges", GgufValue.Array(["t h", merge]))(image);
        });
    }

    [Fact]
    public void Adding_a_token_that_the_file_does_not_name_is_refused()
    {
        Assert.Null(Check(image => image.Values.RemoveAll(entry => entry.Key == "tokenizer.ggml.bos_token_id"))); // token 1 then
        Assert.Equal("tokenizer.ggml.add_bos_token", Check(image =>
        {
            Set(Kind, GgufValue.Scalar("gemma4"))(image);
            image.Values.RemoveAll(entry => entry.Key == "tokenizer.ggml.bos_token_id");
        })?.Field);
    }

    [Fact]
    public void A_file_with_more_keys_or_tensors_than_llama_cpp_can_compare_is_refused_before_they_are_read()
    {
        using var folder = new TemporaryFolder();
        var image = GgufImage.Read(TinyModel.Write(folder.File("m.gguf"), 1));
        image.Values.AddRange(Enumerable.Range(0, 10_001).Select(i => ($"k{i}", GgufValue.Scalar(1u))));
        File.WriteAllBytes(folder.File("keys.gguf"), image.Write().Bytes);

        var refusal = Assert.Throws<GgufException>(() => GgufFile.Open(folder.File("keys.gguf")));

        Assert.Equal("metadata count", refusal.Field);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(256)]
    public async Task The_least_context_works_with_any_number_of_sequences(int sequences)
    {
        await using var engine = TestModels.Engine(options => (options.ContextLength, options.MaxSequences) = (16, sequences));

        var prediction = await engine.Begin().AppendAsync(TestModels.Prompt(16), TestContext.Current.CancellationToken);

        Assert.Equal(512, prediction.Logits.Length);
    }

    [Fact]
    public void Every_shipped_model_passes()
    {
        var models = new DirectoryInfo(AppContext.BaseDirectory);
        while (models is not null && !File.Exists(Path.Combine(models.FullName, "models", "mini.gguf")))
            models = models.Parent;
        Assert.NotNull(models);
        var files = Directory.GetFiles(Path.Combine(models.FullName, "models"), "*.gguf");
        Assert.NotEmpty(files);
        foreach (var path in files)
        {
            using var file = GgufFile.Open(path);
            GgufModelCheck.Check(file);
        }
    }

    private static Action<GgufImage> Set(string key, GgufValue value) => image =>
    {
        image.Values.RemoveAll(entry => entry.Key == key);
        image.Values.Add((key, value));
    };

    private static void Replace(GgufImage image, string key, string old, string changed)
    {
        var at = image.Values.FindIndex(entry => entry.Key == key);
        image.Values[at] =
            (key, GgufValue.Array(((string[])image.Values[at].Value.Content).Select(text => text == old ? changed : text).ToArray()));
    }

    private static GgufException? Check(Action<GgufImage> change)
    {
        using var folder = new TemporaryFolder();
        var image = GgufImage.Read(TinyModel.Write(folder.File("m.gguf"), 1, new() { Width = 256 }));
        change(image);
        File.WriteAllBytes(folder.File("changed.gguf"), image.Write().Bytes);
        using var file = GgufFile.Open(folder.File("changed.gguf"));
        try
        {
            GgufModelCheck.Check(file);
            return null;
        }
        catch (GgufException refusal)
        {
            Assert.Contains("changed.gguf", refusal.Message, StringComparison.Ordinal);
            return refusal;
        }
    }
}
