using CognitiveTools.Llama.Gguf;

namespace CognitiveTools.Lab.Training.Packing;

/// <summary>
/// Packs trained weights into a GGUF file that llama.cpp runs: safetensors, shape and vocabulary in, one file out.
/// </summary>
/// <remarks>
/// The trainer's convention is llama.cpp's own for the architecture, so rows are copied unchanged: in a llama model rotary positions
/// turn neighbouring elements (<see cref="RotaryOrder.Interleaved"/>), in an HRM-Text one those of two halves. Llama weights in Hugging
/// Face's order say <c>"rope": "halves"</c> in their config.
/// </remarks>
internal static class LlamaPacker
{
    /// <summary>Packs; every tensor's shape is checked, and a tensor that is missing or left over is an error.</summary>
    /// <exception cref="InvalidDataException">An input is damaged or they do not fit together; the message names file and
    /// field.</exception>
    /// <exception cref="GgufException">The file was written, but the engine would refuse it: an input has a value out of range.</exception>
    /// <exception cref="ArgumentException">The format cannot hold the shapes.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public static LlamaPackReport Pack(LlamaPackOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var config = LlamaPackConfig.Read(options.Config);
        var vocabulary = TrieVocabulary.Read(options.Vocabulary);
        if (config.Vocabulary is { } stated && stated != vocabulary.Count)
            throw new InvalidDataException(
                $"{options.Config}: vocabulary: {stated} tokens, but {options.Vocabulary} has {vocabulary.Count}. Use the vocabulary of "
                    + "the training run.");
        using var weights = SafetensorsFile.Open(options.Weights);
        if (weights.Metadata.TryGetValue("rope", out var rope) && LlamaPackConfig.ParseRope(rope) != config.Rope)
            throw new InvalidDataException(
                $"{options.Weights}: __metadata__ 'rope': '{rope}', but {options.Config} says {config.Rope}. Set \"rope\" in the config to "
                    + "what the trainer used.");

        var writer = new GgufWriter();
        AddArchitecture(writer, options.Name ?? Path.GetFileNameWithoutExtension(options.Output), config, vocabulary.Count);
        AddTokenizer(writer, options, vocabulary);
        var tensors = Plan(config, vocabulary.Count);
        foreach (var tensor in tensors)
            AddTensor(writer, options.Type, config, weights, tensor);
        RefuseLeftOvers(weights, tensors);
        writer.Write(options.Output);
        using (var written = GgufFile.Open(options.Output))
            GgufModelCheck.Check(written); // what the engine would refuse is told here
        return new(options.Output, tensors.Sum(static t => t.Rows * t.Columns), tensors.Count, new FileInfo(options.Output).Length);
    }

    internal static void AddArchitecture(GgufWriter writer, string name, LlamaPackConfig config, int vocabulary)
    {
        var arch = config.Architecture;
        writer
            .Add("general.architecture", arch)
            .Add("general.name", name)
            .Add("general.quantization_version", 2u)
            .Add($"{arch}.block_count", (uint)(config.Stacks?.Passes ?? config.Layers))
            .Add($"{arch}.context_length", (uint)config.Context)
            .Add($"{arch}.embedding_length", (uint)config.Width)
            .Add($"{arch}.feed_forward_length", (uint)config.Hidden)
            .Add($"{arch}.attention.head_count", (uint)config.Heads)
            .Add($"{arch}.attention.head_count_kv", (uint)config.KvHeads)
            .Add($"{arch}.attention.layer_norm_rms_epsilon", config.NormEpsilon)
            .Add($"{arch}.rope.dimension_count", (uint)(config.Width / config.Heads))
            .Add($"{arch}.rope.freq_base", config.RopeBase)
            .Add($"{arch}.vocab_size", (uint)vocabulary);
        if (config.Stacks is { } stacks)
            writer
                .Add($"{arch}.embedding_scale", stacks.EmbeddingScale)
                .Add($"{arch}.hrm.layers_per_stack", (uint)stacks.LayersPerStack)
                .Add($"{arch}.hrm.h_cycles", (uint)stacks.HighCycles)
                .Add($"{arch}.hrm.l_cycles", (uint)stacks.LowCycles);
    }

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

    /// <summary>The tensors under Hugging Face's names, where it has any.</summary>
    private static List<Planned> Plan(LlamaPackConfig config, int vocabulary)
    {
        var (width, keys, hidden) = ((long)config.Width, (long)config.Width / config.Heads * config.KvHeads, (long)config.Hidden);
        var recurrent = config.Stacks is not null;
        var planned = new List<Planned> { new("model.embed_tokens.weight", vocabulary, width) };
        if (recurrent)
            planned.Add(Vector("hrm.z_l_init"));
        for (var i = 0; i < config.Layers; i++)
        {
            var layer = $"model.layers.{i}.";
            planned.AddRange(
            [
                new(layer + "self_attn.q_proj.weight", width, width, config.Heads),
                new(layer + "self_attn.k_proj.weight", keys, width, config.KvHeads),
                new(layer + "self_attn.v_proj.weight", keys, width),
                new(layer + "self_attn.o_proj.weight", width, width),
                new(layer + "mlp.gate_proj.weight", hidden, width),
                new(layer + "mlp.up_proj.weight", hidden, width),
                new(layer + "mlp.down_proj.weight", width, hidden),
            ]);
            planned.AddRange(recurrent
                ? [new(layer + "self_attn.gate_proj.weight", width, width)]
                : [Vector(layer + "input_layernorm.weight"),
                    Vector(layer + "post_attention_layernorm.weight")]);
        }
        if (!recurrent)
            planned.Add(Vector("model.norm.weight"));
        if (!config.Tied)
            planned.Add(new("lm_head.weight", vocabulary, width));
        return planned;

        Planned Vector(string source) => new(source, 1, width);
    }

    private static void AddTensor(GgufWriter writer, GgufTensorType type, LlamaPackConfig config, SafetensorsFile weights, Planned planned)
    {
        if (!weights.TryGetTensor(planned.Source, out var tensor) && !weights.TryGetTensor(planned.Target, out tensor))
            throw new InvalidDataException(
                $"{weights.Path}: tensor '{planned.Source}': is missing (and so is '{planned.Target}'). Check layers and tied in the "
                    + "config, or save the weights under these names.");
        if (tensor.RowCount != planned.Rows || tensor.RowLength != planned.Columns)
            throw new InvalidDataException(
                $"{weights.Path}: tensor '{tensor.Name}': has the shape [{string.Join(", ", tensor.Shape)}], but the config and the "
                    + $"vocabulary make it {planned.Rows} x {planned.Columns}. Use the files of one training run.");
        if (planned.Rows == 1)
        {
            writer.AddTensor(planned.Target, GgufTensorType.F32, [planned.Columns], (row, into) => weights.ReadRow(tensor, row, into));
            return;
        }
        var headSize = config.Rope != config.NativeRope && planned.RotaryHeads is { } heads ? planned.Rows / heads : 0;
        writer.AddTensor(
            planned.Target, type, [planned.Columns, planned.Rows], (row, into) =>
            weights.ReadRow(tensor, headSize == 0 ? row : FromHalves(row, headSize), into));
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
            throw new InvalidDataException(
                $"{weights.Path}: tensor '{extra}': has no place in the model. Check layers and tied in the config; biases and other "
                    + "architectures cannot be packed.");
    }

    private sealed record Planned(string Source, long Rows, long Columns, int? RotaryHeads = null)
    {
        public string Target => TensorNames.Packed(Source);
    }
}
