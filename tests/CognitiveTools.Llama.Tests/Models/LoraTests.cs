using CognitiveTools.Llama.Engine;
using CognitiveTools.Llama.Gguf;
using CognitiveTools.Llama.Models;
using CognitiveTools.TestModels;

namespace CognitiveTools.Llama.Tests.Models;

public sealed class LoraTests : IDisposable
{
    private const int Rank = 3;
    private const float Alpha = 6;
    private static readonly string[] Adapted = ["blk.0.attn_q.weight", "blk.1.ffn_down.weight", "blk.1.attn_v.weight"];

    private readonly TemporaryFolder _folder = new();
    private readonly string _base;

    public LoraTests() => _base = TinyModel.Write(_folder.File("base.gguf"), 1);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(0.5f)]
    [InlineData(-1)]
    public async Task An_adapted_model_says_what_the_merged_weights_say(float scale)
    {
        var pairs = Pairs();
        var adapter = WriteAdapter(pairs);
        var merged = _folder.File("merged.gguf");
        Merge(pairs, scale * Alpha / Rank, merged);

        var expected = await LogitsAsync(new() { Path = merged });
        var actual = await LogitsAsync(new() { Path = _base, Lora = adapter, LoraScale = scale });
        var plain = await LogitsAsync(new() { Path = _base });

        Assert.InRange(Largest(expected, actual), 0, 2e-3f);
        Assert.True(Largest(expected, plain) > 0.1f, "the adapter changes too little to tell");
    }

    [Fact]
    public async Task Scale_0_is_the_base_model_and_both_live_side_by_side()
    {
        var adapter = WriteAdapter(Pairs());
        Assert.InRange(
            Largest(await LogitsAsync(new() { Path = _base }), await LogitsAsync(new() { Path = _base, Lora = adapter, LoraScale = 0 })), 0,
            1e-5f);
    }

    [Theory]
    [InlineData("type", "general.type")]
    [InlineData("architecture", "'gemma', but the model needs 'llama'")]
    [InlineData("alpha", "adapter.lora.alpha")]
    [InlineData("alora", "starts at certain tokens")]
    [InlineData("single", "only one of .lora_a and .lora_b")]
    [InlineData("stranger", "has no such tensor")]
    [InlineData("shape", "do not make up the model's 32 x 32")]
    [InlineData("norm", "neither a .lora_a nor a .lora_b")]
    [InlineData("tied", "tied to its embeddings")]
    public void An_adapter_that_does_not_fit_is_refused_by_what_is_wrong(string fault, string reason)
    {
        var writer = new GgufWriter()
            .Add("general.type", fault == "type" ? "model" : "adapter")
            .Add("general.architecture", fault == "architecture" ? "gemma" : "llama")
            .Add("adapter.type", "lora")
            .Add("adapter.lora.alpha", fault == "alpha" ? float.NaN : Alpha);
        if (fault == "alora")
            writer.AddArray("adapter.alora.invocation_tokens", new uint[] { 1 });
        var name = fault switch { "stranger" => "blk.9.attn_q.weight", "tied" => "token_embd.weight", _ => "blk.0.attn_q.weight" };
        writer.AddTensor(name + ".lora_a", GgufTensorType.F32, [fault == "shape" ? 16 : 32, Rank], static (_, row) => row.Fill(0.1f));
        if (fault != "single")
            writer.AddTensor(name + ".lora_b", GgufTensorType.F32, [Rank, 32], static (_, row) => row.Fill(0.1f));
        if (fault == "norm")
            writer.AddTensor("blk.0.attn_norm.weight", GgufTensorType.F32, [32], static (_, row) => row.Fill(1));
        writer.Write(_folder.File("odd.gguf"));

        var refusal = Assert.Throws<GgufException>(() => LlamaModel.Load(new() { Path = _base, Lora = _folder.File("odd.gguf") }));

        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_adapter_is_named() =>
        Assert.Contains(
            "no LoRA adapter at",
            Assert.Throws<FileNotFoundException>(() => LlamaModel.Load(new() { Path = _base, Lora = _folder.File("none.gguf") })).Message,
            StringComparison.Ordinal);

    private Dictionary<string, (float[][] A, float[][] B)> Pairs()
    {
        var random = new Random(7);
        using var file = GgufFile.Open(_base);
        return Adapted.ToDictionary(
            name => name,
            name => file.GetTensor(name) is var weight ? (Rows(Rank, weight.RowLength), Rows(weight.RowCount, Rank)) : default,
            StringComparer.Ordinal);

        float[][] Rows(long count, long width) => [.. Enumerable.Range(0, (int)count).Select(_ => Row((int)width))];

        float[] Row(int width) => [.. Enumerable.Range(0, width).Select(_ => (float)(random.NextDouble() - 0.5))];
    }

    private string WriteAdapter(Dictionary<string, (float[][] A, float[][] B)> pairs)
    {
        var writer = new GgufWriter()
            .Add("general.type", "adapter")
            .Add("general.architecture", "llama")
            .Add("adapter.type", "lora")
            .Add("adapter.lora.alpha", Alpha);
        foreach (var (name, (a, b)) in pairs)
        {
            writer.AddTensor(name + ".lora_a", GgufTensorType.F32, [a[0].Length, a.Length], (i, row) => a[i].CopyTo(row));
            writer.AddTensor(name + ".lora_b", GgufTensorType.F32, [b[0].Length, b.Length], (i, row) => b[i].CopyTo(row));
        }

        writer.Write(_folder.File("adapter.gguf"));
        return _folder.File("adapter.gguf");
    }

    // W + factor B A, row by row.
    private void Merge(Dictionary<string, (float[][] A, float[][] B)> pairs, float factor, string path)
    {
        using var file = GgufFile.Open(_base);
        var writer = new GgufWriter();
        foreach (var key in file.Metadata.Keys)
            writer.Add(key, file.Metadata.TryGetValue(key, out var value) ? value : throw new InvalidOperationException(key));
        var readers = file.Tensors.ToDictionary(t => t.Name, t => file.OpenTensor(t.Name), StringComparer.Ordinal);
        foreach (var tensor in file.Tensors)
        {
            writer.AddTensor(tensor.Name, tensor.Type, tensor.Dimensions, (i, row) =>
            {
                readers[tensor.Name].ReadRow(i, row);
                if (!pairs.TryGetValue(tensor.Name, out var pair))
                    return;
                for (var column = 0; column < row.Length; column++)
                    for (var r = 0; r < Rank; r++)
                        row[column] += factor * pair.B[i][r] * pair.A[r][column];
            });
        }

        writer.Write(path);
        foreach (var reader in readers.Values)
            reader.Dispose();
    }

    private static async Task<float[]> LogitsAsync(LlamaModelOptions options)
    {
        using var model = LlamaModel.Load(options);
        await using var engine = new LlamaEngine(model, new() { Threads = 1 });
        using var sequence = engine.Begin();
        return (await sequence.AppendAsync(TestModels.Prompt(12), Token)).Logits.ToArray();
    }

    private static float Largest(float[] a, float[] b) => a.Zip(b, (x, y) => Math.Abs(x - y)).Max();
}
