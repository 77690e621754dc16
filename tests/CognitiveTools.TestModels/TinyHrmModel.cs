using CognitiveTools.Llama.Gguf;

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

    /// <summary>Writes a model to <paramref name="path"/> and returns the path.</summary>
    /// <param name="path">The file.</param>
    /// <param name="seed">The same seed gives the same bytes.</param>
    /// <param name="highCycles">Passes through the high stack.</param>
    /// <param name="lowCycles">Passes through the low stack before each of them.</param>
    public static string Write(string path, int seed, int highCycles = 1, int lowCycles = 1)
    {
        var random = new Random(seed);
        var options = new TinyModelOptions { Width = Width };
        const string arch = "hrm_text";
        var writer = new GgufWriter()
            .Add("general.architecture", arch)
            .Add("general.name", "tiny recurrent")
            .Add($"{arch}.context_length", 512u)
            .Add($"{arch}.embedding_length", (uint)Width)
            .Add($"{arch}.block_count", (uint)(LayersPerStack * highCycles * (lowCycles + 1)))
            .Add($"{arch}.feed_forward_length", (uint)FeedForward)
            .Add($"{arch}.attention.head_count", (uint)Heads)
            .Add($"{arch}.attention.head_count_kv", (uint)KvHeads)
            .Add($"{arch}.attention.layer_norm_rms_epsilon", 1e-5f)
            .Add($"{arch}.rope.dimension_count", (uint)(Width / Heads))
            .Add($"{arch}.rope.freq_base", 10000f)
            .Add($"{arch}.embedding_scale", EmbeddingScale)
            .Add($"{arch}.hrm.layers_per_stack", (uint)LayersPerStack)
            .Add($"{arch}.hrm.h_cycles", (uint)highCycles)
            .Add($"{arch}.hrm.l_cycles", (uint)lowCycles);
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
