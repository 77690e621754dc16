using CognitiveTools.Llama.Gguf;

namespace CognitiveTools.Lab.Bench.Architectures;

/// <summary>
/// The metadata of a toy. All have one set of hyperparameters, most of which an architecture ignores, as llama.cpp's own test of its
/// architectures (tests/test-llama-archs.cpp) does.
/// </summary>
internal static class ToyMetadata
{
    private const uint Width = 64, Heads = 2, Inner = 64, Context = 2_048;
    private const string NameOfActivation = "xielu."; // the only keys without the architecture's name
    private const uint Experts = 2, UsedExperts = 2; // all of them, so that a choice that rounding decides does not change results

    /// <summary>Writes the metadata of a toy, with the vocabulary of another model.</summary>
    public static GgufWriter Write(ToyArchitecture toy, GgufFile vocabulary)
    {
        var values = Shared(toy);
        foreach (var (key, value) in toy.Values)
            values[key] = value;
        var writer = new GgufWriter().Add("general.architecture", toy.Name).Add("general.name", "toy");
        foreach (var (key, value) in values)
            writer.Add(key.StartsWith(NameOfActivation, StringComparison.Ordinal) ? key : $"{toy.Name}.{key}", Value(value));
        foreach (var key in vocabulary.Metadata.Keys.Where(static key => key.StartsWith("tokenizer.", StringComparison.Ordinal)))
        {
            if (vocabulary.Metadata.TryGetValue(key, out var value))
                writer.Add(key, value);
        }

        return writer;
    }

    private static GgufValue Value(object value) => value switch
    {
        uint number => GgufValue.Scalar(number),
        float number => GgufValue.Scalar(number),
        bool flag => GgufValue.Scalar(flag),
        string text => GgufValue.Scalar(text),
        uint[] numbers => GgufValue.Array(numbers),
        float[] numbers => GgufValue.Array(numbers),
        bool[] flags => GgufValue.Array(flags),
        _ => throw new ArgumentException($"A toy's metadata has no values of the type {value.GetType().Name}.", nameof(value)),
    };

    private static Dictionary<string, object> Shared(ToyArchitecture toy)
    {
        var values = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["context_length"] = Context,
            ["embedding_length"] = Width,
            ["block_count"] = (uint)toy.Layers,
            ["feed_forward_length"] = Inner,
            ["leading_dense_block_count"] = 1u,
            ["use_parallel_residual"] = false,
            ["logit_scale"] = 1f,
            ["attention.head_count"] = Heads,
            ["attention.head_count_kv"] = toy.HeadsVary
                ? Enumerable.Range(0, toy.Layers).Select(static layer => layer % 2 == 1 ? Heads : 0u).ToArray()
                : Heads,
            ["attention.layer_norm_epsilon"] = 1e-5f,
            ["attention.layer_norm_rms_epsilon"] = 1e-5f,
            ["attention.group_norm_epsilon"] = 1e-5f,
            ["attention.group_norm_groups"] = 8u,
            ["attention.clamp_kqv"] = 1f,
            ["attention.max_alibi_bias"] = 8f,
            ["attention.q_lora_rank"] = 24u,
            ["attention.kv_lora_rank"] = 32u,
            ["attention.indexer.head_count"] = 4u,
            ["attention.indexer.key_length"] = 128u,
            ["attention.indexer.top_k"] = 131_072u, // all, so that a choice that rounding decides does not change results
            ["attention.sliding_window"] = 32u,
            ["attention.sliding_window_pattern"] = 2u,
            ["attention.decay_lora_rank"] = 16u,
            ["attention.iclr_lora_rank"] = 16u,
            ["attention.value_residual_mix_lora_rank"] = 16u,
            ["attention.gate_lora_rank"] = 16u,
            ["residual_scale"] = 1f,
            ["embedding_scale"] = 1f,
            ["time_mix_extra_dim"] = 16u,
            ["time_decay_extra_dim"] = 16u,
            ["wkv.head_size"] = Width / Heads,
            ["token_shift_count"] = 2u,
            ["shortconv.l_cache"] = 3u,
            ["ssm.conv_kernel"] = 4u,
            ["ssm.inner_size"] = 2 * Width,
            ["ssm.state_size"] = 16u,
            ["ssm.time_step_rank"] = Heads,
            ["ssm.group_count"] = 2u,
            ["kda.head_dim"] = 32u,
            ["full_attention_interval"] = 2u,
        };
        if (toy.IsCompressed)
            Compress(values);
        if (toy.HasExperts)
            AddExperts(values);
        return values;
    }

    private static void Compress(Dictionary<string, object> values)
    {
        values["attention.head_count_kv"] = values["attention.head_count_kv"] is uint[] heads
            ? heads.Select(static count => Math.Min(count, 1)).ToArray()
            : 1u;
        values["attention.key_length"] = 48u;
        values["attention.value_length"] = 32u;
        values["attention.key_length_mla"] = 32u;
        values["attention.value_length_mla"] = 16u;
        values["rope.dimension_count"] = 16u;
    }

    private static void AddExperts(Dictionary<string, object> values)
    {
        values["expert_count"] = Experts;
        values["expert_used_count"] = UsedExperts;
        values["expert_shared_count"] = 1u;
        values["expert_feed_forward_length"] = Inner;
        values["expert_shared_feed_forward_length"] = Inner;
        values["expert_gating_func"] = 2u;
        values["expert_group_scale"] = 1f;
        values["experts_per_group"] = 1u;
        values["moe_every_n_layers"] = 1u;
        values["interleave_moe_layer_step"] = 1u;
    }
}
