using CognitiveTools.Llama.Gguf;

namespace CognitiveTools.TestModels;

/// <summary>
/// Writes llama-architecture models with seeded random weights: real files that llama.cpp loads, for tests of
/// everything but answer quality. The same seed and options give the same bytes.
/// </summary>
public static class TinyModel
{
    /// <summary>Writes a model to <paramref name="path"/> and returns the path.</summary>
    /// <exception cref="ArgumentException">The options contradict each other.</exception>
    public static string Write(string path, int seed, TinyModelOptions? options = null)
    {
        options ??= new();
        Check(options);
        var writer = new GgufWriter();
        Architecture(options).AddTo(writer, $"tiny random {seed}", options.Vocabulary);
        AddTokenizer(writer, options);
        foreach (var (key, value) in options.Metadata)
            writer.Add(key, value switch
            {
                float number => GgufValue.Scalar(number),
                int whole => GgufValue.Scalar(whole),
                _ => GgufValue.Scalar((string)value),
            });
        AddTensors(writer, new Random(seed), options);
        writer.Write(path);
        return path;
    }

    private static void Check(TinyModelOptions o)
    {
        if (o.Width % o.Heads != 0 || o.Width / o.Heads % 2 != 0)
            throw new ArgumentException($"Width {o.Width} must split into {o.Heads} heads of even size.", nameof(o));
        if (o.Heads % o.KvHeads != 0)
            throw new ArgumentException($"KvHeads {o.KvHeads} must divide Heads {o.Heads}.", nameof(o));
    }

    private static TinyArchitecture Architecture(TinyModelOptions o) => new("llama", o.Layers)
    {
        Width = o.Width,
        Heads = o.Heads,
        KvHeads = o.KvHeads,
        FeedForward = o.FeedForward,
        Context = o.Context,
    };

    internal static void AddTokenizer(GgufWriter writer, TinyModelOptions o)
    {
        const int userDefined = 4; // llama_token_type
        var (texts, types, scores) = TinyVocabulary.Take(o.Vocabulary);
        for (var i = 0; i < o.UserDefined.Count; i++)
            (texts[^(o.UserDefined.Count - i)], types[^(o.UserDefined.Count - i)]) = (o.UserDefined[i], userDefined);
        writer
            .Add("tokenizer.ggml.model", "llama")
            .AddArray("tokenizer.ggml.tokens", texts)
            .AddArray("tokenizer.ggml.scores", scores)
            .AddArray("tokenizer.ggml.token_type", types)
            .Add("tokenizer.ggml.bos_token_id", (uint)TinyVocabulary.Begin)
            .Add("tokenizer.ggml.eos_token_id", (uint)TinyVocabulary.End)
            .Add("tokenizer.ggml.unknown_token_id", (uint)TinyVocabulary.Unknown)
            .Add("tokenizer.ggml.eot_token_id", (uint)TinyVocabulary.TurnEnd)
            .Add("tokenizer.ggml.add_bos_token", true)
            .Add("tokenizer.ggml.add_eos_token", false)
            .Add("tokenizer.ggml.add_space_prefix", false);
        if (o.Template is not null)
            writer.Add("tokenizer.chat_template", o.Template);
    }

    private static void AddTensors(GgufWriter writer, Random random, TinyModelOptions o)
    {
        var keys = o.Width / o.Heads * o.KvHeads;
        var gain = o.Gain;
        Matrix("token_embd", o.Width, o.Vocabulary, 1);
        for (var i = 0; i < o.Layers; i++)
        {
            Norm($"blk.{i}.attn_norm");
            Matrix($"blk.{i}.attn_q", o.Width, o.Width, gain);
            Matrix($"blk.{i}.attn_k", o.Width, keys, gain);
            Matrix($"blk.{i}.attn_v", o.Width, keys, gain);
            Matrix($"blk.{i}.attn_output", o.Width, o.Width, gain);
            Norm($"blk.{i}.ffn_norm");
            Matrix($"blk.{i}.ffn_gate", o.Width, o.FeedForward, gain);
            Matrix($"blk.{i}.ffn_up", o.Width, o.FeedForward, gain);
            Matrix($"blk.{i}.ffn_down", o.FeedForward, o.Width, gain);
        }
        Norm("output_norm");
        if (!o.Tied)
            Matrix("output", o.Width, o.Vocabulary, gain);

        void Norm(string name) => writer.AddTensor($"{name}.weight", GgufTensorType.F32, [o.Width], (_, row) => Fill(row, 1, 0.1));

        void Matrix(string name, int columns, int rows, double scale) => writer.AddTensor($"{name}.weight", o.Type, [columns, rows],
            (_, row) => Fill(row, 0, name == "token_embd" ? scale : scale / Math.Sqrt(columns)));

        void Fill(Span<float> row, double mean, double deviation)
        {
            foreach (ref var value in row)
                value = (float)(mean + deviation * Gaussian(random));
        }
    }

    internal static double Gaussian(Random random)
        => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
