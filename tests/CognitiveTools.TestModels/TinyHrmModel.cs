using System.Globalization;
using CognitiveTools.Llama.Gguf;
using CognitiveTools.Llama.Models;

namespace CognitiveTools.TestModels;

/// <summary>
/// Writes HRM-Text models (llama.cpp's architecture <c>hrm_text</c>) with seeded random weights: two stacks of layers that the
/// network goes through as often as its metadata says.
/// </summary>
public static class TinyHrmModel
{
    /// <summary>Layers of one stack.</summary>
    public const int LayersPerStack = 2;

    /// <summary>Hidden size, query heads, key and value heads, and inner size of the feed-forward layers.</summary>
    public const int Width = 32, Heads = 4, KvHeads = 2, FeedForward = 48;

    /// <summary>Factor of the token embeddings.</summary>
    public const float EmbeddingScale = 1.5f;

    /// <summary>Options that load an HRM-Text file at another depth: the three keys that must change together.</summary>
    /// <param name="path">The file.</param>
    /// <param name="layersPerStack">Layers of one of its stacks.</param>
    /// <param name="highCycles">Passes through the high stack.</param>
    /// <param name="lowCycles">Passes through the low stack before each of them.</param>
    public static LlamaModelOptions AtDepth(string path, int layersPerStack, int highCycles, int lowCycles)
    {
        var options = new LlamaModelOptions { Path = path };
        var blocks = layersPerStack * highCycles * (lowCycles + 1);
        foreach (var (key, value) in new[] { ("hrm.h_cycles", highCycles), ("hrm.l_cycles", lowCycles), ("block_count", blocks) })
            options.Overrides.Add(new("hrm_text." + key, value.ToString(CultureInfo.InvariantCulture)));
        return options;
    }

    /// <summary>Writes a model to <paramref name="path"/> and returns the path.</summary>
    /// <param name="path">The file.</param>
    /// <param name="seed">The same seed gives the same bytes.</param>
    /// <param name="highCycles">Passes through the high stack.</param>
    /// <param name="lowCycles">Passes through the low stack before each of them.</param>
    public static string Write(string path, int seed, int highCycles = 1, int lowCycles = 1)
    {
        var random = new Random(seed);
        var options = new TinyModelOptions { Width = Width };
        var writer = new GgufWriter();
        new TinyArchitecture("hrm_text", LayersPerStack * highCycles * (lowCycles + 1))
        {
            Width = Width,
            Heads = Heads,
            KvHeads = KvHeads,
            FeedForward = FeedForward,
            Context = 512,
        }.AddTo(writer, "tiny recurrent", options.Vocabulary)
            .Add("hrm_text.embedding_scale", EmbeddingScale)
            .Add("hrm_text.hrm.layers_per_stack", (uint)LayersPerStack)
            .Add("hrm_text.hrm.h_cycles", (uint)highCycles)
            .Add("hrm_text.hrm.l_cycles", (uint)lowCycles);
        TinyModel.AddTokenizer(writer, options);
        Matrix("token_embd.weight", Width, options.Vocabulary, 1);
        writer.AddTensor("hrm.z_l_init", GgufTensorType.F32, [Width], (_, row) => Fill(row, 0.5));
        for (var i = 0; i < 2 * LayersPerStack; i++)
        {
            var keys = Width / Heads * KvHeads;
            Matrix($"blk.{i}.attn_q.weight", Width, Width, 1);
            Matrix($"blk.{i}.attn_k.weight", Width, keys, 1);
            Matrix($"blk.{i}.attn_v.weight", Width, keys, 1);
            Matrix($"blk.{i}.attn_gate.weight", Width, Width, 1);
            Matrix($"blk.{i}.attn_output.weight", Width, Width, 1);
            Matrix($"blk.{i}.ffn_gate.weight", Width, FeedForward, 1);
            Matrix($"blk.{i}.ffn_up.weight", Width, FeedForward, 1);
            Matrix($"blk.{i}.ffn_down.weight", FeedForward, Width, 1);
        }

        writer.Write(path);
        return path;

        void Matrix(string name, int columns, int rows, double scale) =>
            writer.AddTensor(name, GgufTensorType.F32, [columns, rows], (_, row) => Fill(row, scale / Math.Sqrt(columns)));

        void Fill(Span<float> row, double deviation)
        {
            foreach (ref var value in row)
                value = (float)(deviation * TinyModel.Gaussian(random));
        }
    }
}
