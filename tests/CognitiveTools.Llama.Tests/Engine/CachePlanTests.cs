using CognitiveTools.Llama.Devices;
using CognitiveTools.Llama.Engine;

namespace CognitiveTools.Llama.Tests.Engine;

public sealed class CachePlanTests
{
    private const long Gigabyte = 1_000_000_000;

    private static readonly CacheCost Small = new(PerPosition: 100, PerSequence: 0);

    // As Qwen3-8B: 36 layers of 8 heads of 128, 147,456 bytes a position.
    private static readonly CacheCost Large = new(36 * 8 * 256, PerSequence: 0);

    [Theory]
    [InlineData(2_048, 2_048)]
    [InlineData(20_000, 20_000)]
    [InlineData(131_072, 32_768)]
    public void A_small_model_gets_what_it_was_trained_for_up_to_a_limit_and_room_for_four(int trained, int context)
    {
        var plan = CachePlan.For(new(), Small, trained, 8 * Gigabyte);

        Assert.Equal((context, 4 * context, 32), (plan.ContextLength, plan.CacheLength, plan.MaxSequences));
        Assert.Equal(context < trained, plan.Reason is not null);
    }

    [Theory]
    [InlineData(64, 32_768, 3)] // 16 GB hold three contexts of 4.8 GB
    [InlineData(20, 32_768, 1)]
    [InlineData(10, 16_384, 1)]
    [InlineData(5, 8_192, 1)]
    [InlineData(1, 4_096, 1)] // not less: what does not fit then is refused with a remedy
    public void A_large_model_gets_what_a_quarter_of_the_free_memory_holds(int gigabytes, int context, int contexts)
    {
        var plan = CachePlan.For(new(), Large, 40_960, gigabytes * Gigabyte);

        Assert.Equal((context, contexts * context), (plan.ContextLength, plan.CacheLength));
        Assert.Contains("40,960", plan.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_given_is_used_as_it_is()
    {
        var options = new LlamaEngineOptions { ContextLength = 50_000, CacheLength = 60_000, MaxSequences = 7 };
        var plan = CachePlan.For(options, Large with { PerSequence = Gigabyte }, 1_000, Gigabyte);

        Assert.Equal(new CachePlan(50_000, 60_000, 7), plan);
    }

    [Fact]
    public void A_cache_of_half_the_size_holds_twice_the_context() =>
        Assert.Equal(
            (8_192, 16_384),
            (CachePlan.For(new(), Large, 40_960, 9 * Gigabyte).ContextLength,
                CachePlan.For(new() { CacheType = "q8_0" }, Large, 40_960, 9 * Gigabyte).ContextLength));

    [Theory]
    [InlineData(1_000_000, 32)]
    [InlineData(62_500_000, 16)] // with a saved copy each, 16 of them take an eighth of 16 GB
    [InlineData(900_000_000, 4)]
    public void Large_recurrent_states_leave_room_for_fewer_sequences(long state, int sequences) =>
        Assert.Equal(sequences, CachePlan.For(new(), new(0, state), 4_096, 16 * Gigabyte).MaxSequences);

    [Fact]
    public void With_unknown_memory_the_least_context_is_chosen() =>
        Assert.Equal((4_096, 16_384, 32), Sizes(CachePlan.For(new(), Large with { PerSequence = 1 }, 40_960, free: 0)));

    [Fact]
    public void Cache_types_that_do_not_exist_or_exclude_plain_attention_are_refused()
    {
        Assert.Contains("q4_0", Assert.Throws<ArgumentException>(() => new LlamaEngineOptions { CacheType = "q4_0" }.CacheTypeOrDefault)
            .Message, StringComparison.Ordinal);
        Assert.Contains(
            "PlainAttention",
            Assert.Throws<ArgumentException>(
                () => new LlamaEngineOptions { CacheType = "q8_0", PlainAttention = true }.CacheTypeOrDefault).Message,
            StringComparison.Ordinal);
    }

    private static (int Context, int Cache, int Sequences) Sizes(CachePlan plan) =>
        (plan.ContextLength, plan.CacheLength, plan.MaxSequences);
}
