using System.Runtime.InteropServices;
using CognitiveTools.Llama.Binding;
using CognitiveTools.Llama.Gguf;

namespace CognitiveTools.Llama.Devices;

/// <summary>What the sequences of a model take from memory.</summary>
/// <param name="PerPosition">
/// Numbers in the keys and values of one position, over the layers that attend; how the cache stores them makes bytes of them. A layer with
/// a sliding window counts as any other, because the engine keeps its whole cache, so that sequences can be rewound. 0 when no layer
/// attends, or the metadata does not say.
/// </param>
/// <param name="PerSequence">Bytes of the recurrent state of one sequence; 0 for a transformer.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct CacheCost(long PerPosition, long PerSequence)
{
    private const int MaxHeads = 1 << 16, MaxWidth = 1 << 20;
    private const int BytesOfState = sizeof(float); // llama.cpp keeps recurrent states in full precision

    /// <summary>Bytes of a cache.</summary>
    /// <param name="positions">Cells.</param>
    /// <param name="sequences">Lanes.</param>
    /// <param name="type">How keys and values are stored.</param>
    /// <returns>At most the largest number, for files that state absurd sizes.</returns>
    internal long Bytes(long positions, int sequences, CacheType type) =>
        (long)Int128.Min((Int128)BytesPerPosition(type) * positions + (Int128)PerSequence * sequences, long.MaxValue);

    /// <summary>Bytes of one position.</summary>
    internal long BytesPerPosition(CacheType type) => type == CacheType.Q8 ? PerPosition * 34 / 32 : PerPosition * sizeof(short);

    /// <summary>Reads the cost of a model from its metadata.</summary>
    internal static CacheCost Of(GgufModelView model)
    {
        var layers = model.Required("block_count") - model.Optional("nextn_predict_layers");
        var all = model.Required("block_count");
        var heads = model.PerLayer("attention.head_count", all, MaxHeads) ?? new long[all];
        var shared = model.PerLayer("attention.head_count_kv", all, MaxHeads) ?? heads;
        var inner = model.PerLayer("feed_forward_length", all, int.MaxValue) ?? new long[all];
        var first = Math.Max(1, heads.FirstOrDefault(static count => count > 0));
        var state = StateElements(model, heads.Max());
        var width = model.Optional("embedding_length") / first;
        var (keys, values) = (model.Optional("attention.key_length", width), model.Optional("attention.value_length", width));
        if (model.Has("attention.key_length_mla"))
            (shared, values) = ([.. shared.Select(static count => Math.Min(count, 1))], 0); // one compressed row serves as key and value
        var interval = Interval(model, state, shared);
        long cached = 0, recurrent = 0;
        for (var layer = 0; layer < layers; layer++)
        {
            var attends = interval == 0 ? shared[layer] > 0 : (layer + 1) % interval == 0;
            cached += attends ? shared[layer] * (keys + values) : 0;
            // Falcon-H1 has both in each layer; layers of other hybrids without attention may be feed-forward layers only (Nemotron-H).
            var both = interval == 0 && Array.TrueForAll(shared, static count => count > 0);
            recurrent += state > 0 && (both || (!attends && (inner[layer] == 0 || interval > 0 || !inner.Contains(0)))) ? state : 0;
        }

        return new(cached, recurrent * BytesOfState);
    }

    // Some hybrids have attention in every n-th layer, and their files give all layers the same number of heads.
    private static long Interval(GgufModelView model, long state, long[] shared)
    {
        if (state == 0 || shared.Contains(0))
            return 0;
        if (model.Has("full_attention_interval"))
            return Math.Max(1, model.Optional("full_attention_interval"));
        return model.Architecture is "qwen3next" or "qwen35" or "qwen35moe" or "qwen4exp" ? 4
            : model.Architecture == "minimax-01" ? 8
            : model.Has("wkv.head_size") ? long.MaxValue
            : 0;
    }

    // As llama.cpp's llama_hparams::n_embd_r and n_embd_s compute them.
    private static long StateElements(GgufModelView model, long heads)
    {
        var width = model.Optional("embedding_length");
        if (model.Optional("wkv.head_size") is > 0 and var size)
            return width * model.Optional("token_shift_count", 2) + width * size;
        if (model.Optional("shortconv.l_cache") is > 0 and var length)
            return width * (length - 1);
        var before = Math.Max(0, model.Optional("ssm.conv_kernel") - 1);
        if (model.Optional("kda.head_dim") is > 0 and var head)
            return 3 * before * heads * head + head * head * heads;
        var (inner, state) = (model.Optional("ssm.inner_size"), model.Optional("ssm.state_size"));
        return before * (inner + 2 * model.Optional("ssm.group_count") * state) + inner * state;
    }
}
