using CognitiveTools.Llama.Binding;
using CognitiveTools.Llama.Devices;
using CognitiveTools.Llama.Gguf;

namespace CognitiveTools.Llama.Tests.Facts;

public sealed class CacheCostTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_transformer_costs_its_keys_and_values_in_every_layer()
    {
        var cost = CostOf("llama", ("block_count", 22u), ("embedding_length", 2048u), ("attention.head_count", 32u),
            ("attention.head_count_kv", 4u));

        Assert.Equal(new CacheCost(22 * 4 * 128, PerSequence: 0), cost);
        Assert.Equal(22_528, cost.BytesPerPosition(CacheType.F16));
        Assert.Equal(22 * 4 * 128 * 34 / 32, cost.BytesPerPosition(CacheType.Q8));
    }

    [Fact]
    public void A_sliding_window_does_not_make_a_cache_smaller_because_the_engine_keeps_it_whole() =>
        Assert.Equal(
            26 * 1 * 512,
            CostOf("gemma3", ("block_count", 26u), ("embedding_length", 1152u), ("attention.head_count", 4u),
                ("attention.head_count_kv", 1u), ("attention.key_length", 256u), ("attention.value_length", 256u),
                ("attention.sliding_window", 512u)).PerPosition);

    [Fact]
    public void Of_a_hybrid_only_the_layers_that_attend_cost_positions_and_the_others_cost_sequences()
    {
        // Qwen3-Next 80B-A3B: every fourth of 48 layers attends, with two heads of 256.
        var cost = CostOf("qwen3next", ("block_count", 48u), ("embedding_length", 2048u), ("attention.head_count", 16u),
            ("attention.head_count_kv", 2u), ("attention.key_length", 256u), ("attention.value_length", 256u), ("ssm.conv_kernel", 4u),
            ("ssm.inner_size", 4096u), ("ssm.state_size", 128u), ("ssm.group_count", 16u), ("ssm.time_step_rank", 32u));

        Assert.Equal(12 * 2 * 512, cost.PerPosition);
        Assert.Equal(36 * 4 * ((3 * (4096 + (2 * 16 * 128))) + (4096 * 128)), cost.PerSequence);
    }

    [Fact]
    public void Heads_given_for_each_layer_tell_which_layers_attend()
    {
        var cost = CostOf("lfm2", ("block_count", 4u), ("embedding_length", 1024u), ("attention.head_count", 16u),
            ("attention.head_count_kv", (uint[])[0, 8, 0, 8]), ("shortconv.l_cache", 3u));

        Assert.Equal(new CacheCost(2 * 8 * 128, 2 * 4 * 2 * 1024), cost);
    }

    [Fact]
    public void A_layer_with_both_costs_both()
    {
        var cost = CostOf("falcon-h1", ("block_count", 2u), ("embedding_length", 512u), ("attention.head_count", 8u),
            ("attention.head_count_kv", 2u), ("ssm.conv_kernel", 4u), ("ssm.inner_size", 1024u), ("ssm.state_size", 16u),
            ("ssm.group_count", 1u));

        Assert.Equal(new CacheCost(2 * 2 * 128, 2 * 4 * ((3 * (1024 + 32)) + (1024 * 16))), cost);
    }

    [Fact]
    public void A_recurrent_model_costs_no_positions()
    {
        var mamba = CostOf("mamba", ("block_count", 3u), ("embedding_length", 256u), ("ssm.conv_kernel", 4u), ("ssm.inner_size", 512u),
            ("ssm.state_size", 16u));
        var rwkv = CostOf("rwkv6", ("block_count", 3u), ("embedding_length", 256u), ("wkv.head_size", 64u), ("attention.head_count", 0u));

        Assert.Equal(new CacheCost(0, 3 * 4 * ((3 * 512) + (512 * 16))), mamba);
        Assert.Equal(new CacheCost(0, 3 * 4 * ((2 * 256) + (256 * 64))), rwkv);
    }

    [Fact]
    public void Compressed_attention_costs_one_row_a_layer() =>
        Assert.Equal(
            27 * 576,
            CostOf("deepseek2", ("block_count", 27u), ("embedding_length", 2048u), ("attention.head_count", 16u),
                ("attention.head_count_kv", 16u), ("attention.key_length", 576u), ("attention.value_length", 512u),
                ("attention.key_length_mla", 192u), ("attention.value_length_mla", 128u)).PerPosition);

    private CacheCost CostOf(string architecture, params (string Key, object Value)[] values)
    {
        var writer = new GgufWriter().Add("general.architecture", architecture).Add($"{architecture}.context_length", 4_096u);
        foreach (var (key, value) in values)
        {
            writer.Add(
                $"{architecture}.{key}", value is uint[] numbers ? GgufValue.Array(numbers) : GgufValue.Scalar((uint)value));
        }

        var path = Path.Combine(_folder.Path, "metadata.gguf");
        writer.Write(path);
        using var file = GgufModelFile.Open(path);
        return CacheCost.Of(new(file, new Dictionary<string, GgufValue>(StringComparer.Ordinal)));
    }
}
