using CognitiveTools.Llama.Gguf;

namespace CognitiveTools.Llama.Packing;

/// <summary>
/// Packs trained weights into a GGUF file that llama.cpp runs: safetensors, shape and vocabulary in, one file out.
/// </summary>
/// <remarks>
/// The trainer's convention is llama.cpp's own for this architecture: rotary positions turn neighbouring elements
/// (<see cref="RotaryOrder.Interleaved"/>), so rows are copied unchanged. Weights in Hugging Face's order say
/// <c>"rope": "halves"</c> in their config.
/// </remarks>
public static class LlamaPacker
{
    /// <summary>Packs; every tensor's shape is checked, and a tensor that is missing or left over is an error.</summary>
    /// <exception cref="InvalidDataException">An input is damaged or they do not fit together; the message names file and field.</exception>
    /// <exception cref="ArgumentException">The format cannot hold the shapes.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public static LlamaPackReport Pack(LlamaPackOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var config = LlamaPackConfig.Read(options.Config);
        var vocabulary = TrieVocabulary.Read(options.Vocabulary);
        if (config.Vocabulary is { } stated && stated != vocabulary.Count)
            throw new InvalidDataException($"{options.Config}: vocabulary: {stated} tokens, but {options.Vocabulary} has {vocabulary.Count}. Use the vocabulary of the training run.");
        using var weights = SafetensorsFile.Open(options.Weights);
        if (weights.Metadata.TryGetValue("rope", out var rope) && LlamaPackConfig.ParseRope(rope) != config.Rope)
            throw new InvalidDataException($"{options.Weights}: __metadata__ 'rope': '{rope}', but {options.Config} says {config.Rope}. Set \"rope\" in the config to what the trainer used.");

        var writer = new GgufWriter();
        AddArchitecture(writer, options.Name ?? Path.GetFileNameWithoutExtension(options.Output), config, vocabulary.Count);
        AddTokenizer(writer, options, vocabulary);
        var tensors = Plan(config, vocabulary.Count);
        foreach (var tensor in tensors)
            AddTensor(writer, options.Type, config, weights, tensor);
        RefuseLeftOvers(weights, tensors);
        writer.Write(options.Output);
        return new(options.Output, tensors.Sum(static t => t.Rows * t.Columns), tensors.Count, new FileInfo(options.Output).Length);
    }

    internal static void AddArchitecture(GgufWriter writer, string name, LlamaPackConfig config, int vocabulary) => writer
        .Add("general.architecture", "llama")
        .Add("general.name", name)
        .Add("general.quantization_version", 2u)
        .Add("llama.block_count", (uint)config.Layers)
        .Add("llama.context_length", (uint)config.Context)
        .Add("llama.embedding_length", (uint)config.Width)
        .Add("llama.feed_forward_length", (uint)config.Hidden)
        .Add("llama.attention.head_count", (uint)config.Heads)
        .Add("llama.attention.head_count_kv", (uint)config.KvHeads)
        .Add("llama.attention.layer_norm_rms_epsilon", config.NormEpsilon)
        .Add("llama.rope.dimension_count", (uint)(config.Width / config.Heads))
        .Add("llama.rope.freq_base", config.RopeBase)
        .Add("llama.vocab_size", (uint)vocabulary);

    private static void AddTokenizer(GgufWriter writer, LlamaPackOptions options, TrieVocabulary vocabulary)
    {
        const int normal = 1, control = 3; // llama_token_type
        var end = (uint)vocabulary.RequireControl("<|im_end|>");
        writer
            .Add("tokenizer.ggml.model", "rwkv")
            .AddArray("tokenizer.ggml.tokens", vocabulary.Escaped)
            .AddArray("tokenizer.ggml.token_type", Array.ConvertAll(vocabulary.IsControl, static c => c ? control : normal))
            .Add("tokenizer.ggml.eos_token_id", end)
            .Add("tokenizer.ggml.eot_token_id", end)
            .Add("tokenizer.ggml.add_bos_token", false)
            .Add("tokenizer.ggml.add_eos_token", false);
        if (vocabulary.FindControl("<|bos|>") is { } begin)
            writer.Add("tokenizer.ggml.bos_token_id", (uint)begin);
        if ((vocabulary.FindControl("<|pad|>") ?? vocabulary.FindControl("<|endoftext|>")) is { } padding)
            writer.Add("tokenizer.ggml.padding_token_id", (uint)padding);
        if (options.ChatTemplate is { } template)
        {
            vocabulary.RequireControl("<|im_start|>");
            writer.Add("tokenizer.chat_template", template);
        }
    }

    /// <summary>llama.cpp's tensors with Hugging Face's names for them.</summary>
    private static List<Planned> Plan(LlamaPackConfig config, int vocabulary)
    {
        var (width, keys) = ((long)config.Width, (long)config.Width / config.Heads * config.KvHeads);
        var planned = new List<Planned> { new("token_embd", "model.embed_tokens", vocabulary, width) };
        for (var i = 0; i < config.Layers; i++)
        {
            var (block, layer) = ($"blk.{i}.", $"model.layers.{i}.");
            planned.AddRange(
            [
                new(block + "attn_norm", layer + "input_layernorm", 1, width),
                new(block + "attn_q", layer + "self_attn.q_proj", width, width, config.Heads),
                new(block + "attn_k", layer + "self_attn.k_proj", keys, width, config.KvHeads),
                new(block + "attn_v", layer + "self_attn.v_proj", keys, width),
                new(block + "attn_output", layer + "self_attn.o_proj", width, width),
                new(block + "ffn_norm", layer + "post_attention_layernorm", 1, width),
                new(block + "ffn_gate", layer + "mlp.gate_proj", config.Hidden, width),
                new(block + "ffn_up", layer + "mlp.up_proj", config.Hidden, width),
                new(block + "ffn_down", layer + "mlp.down_proj", width, config.Hidden),
            ]);
        }
        planned.Add(new("output_norm", "model.norm", 1, width));
        if (!config.Tied)
            planned.Add(new("output", "lm_head", vocabulary, width));
        return planned;
    }

    private static void AddTensor(GgufWriter writer, GgufTensorType type, LlamaPackConfig config, SafetensorsFile weights, Planned planned)
    {
        if (!weights.TryGetTensor(planned.Source, out var tensor) && !weights.TryGetTensor(planned.Target, out tensor))
            throw new InvalidDataException($"{weights.Path}: tensor '{planned.Source}': is missing (and so is '{planned.Target}'). Check layers and tied in the config, or save the weights under these names.");
        if (tensor.RowCount != planned.Rows || tensor.RowLength != planned.Columns)
            throw new InvalidDataException($"{weights.Path}: tensor '{tensor.Name}': has the shape [{string.Join(", ", tensor.Shape)}], but the config and the vocabulary make it {planned.Rows} x {planned.Columns}. Use the files of one training run.");
        if (planned.IsNorm)
        {
            writer.AddTensor(planned.Target, GgufTensorType.F32, [planned.Columns], (row, into) => weights.ReadRow(tensor, row, into));
            return;
        }
        var headSize = config.Rope == RotaryOrder.Halves && planned.RotaryHeads is { } heads ? planned.Rows / heads : 0;
        writer.AddTensor(planned.Target, type, [planned.Columns, planned.Rows], (row, into) => weights.ReadRow(tensor, headSize == 0 ? row : FromHalves(row, headSize), into));
    }

    /// <summary>Row 2i + b of an interleaved head is row i + b * half of a head in halves.</summary>
    private static long FromHalves(long row, long headSize)
    {
        var (head, within) = Math.DivRem(row, headSize);
        return head * headSize + within % 2 * (headSize / 2) + within / 2;
    }

    private static void RefuseLeftOvers(SafetensorsFile weights, List<Planned> planned)
    {
        var used = planned.SelectMany(static p => new[] { p.Source, p.Target }).ToHashSet(StringComparer.Ordinal);
        if (weights.Tensors.Keys.FirstOrDefault(name => !used.Contains(name)) is { } extra)
            throw new InvalidDataException($"{weights.Path}: tensor '{extra}': has no place in the model. Check layers and tied in the config; biases and other architectures cannot be packed.");
    }

    private sealed record Planned(string TargetStem, string SourceStem, long Rows, long Columns, int? RotaryHeads = null)
    {
        public string Target { get; } = TargetStem + ".weight";

        public string Source { get; } = SourceStem + ".weight";

        public bool IsNorm { get; } = TargetStem.EndsWith("_norm", StringComparison.Ordinal);
    }
}
