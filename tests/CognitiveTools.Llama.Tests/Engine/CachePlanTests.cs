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

    [Theory]
    [InlineData(64, 60_000, 60_000)]
    [InlineData(64, 200_000, 131_072)] // what it was trained for
    [InlineData(10, 60_000, 50_862)] // what three quarters of the memory hold
    [InlineData(10, 10_000, 16_384)] // there is room for it anyway
    [InlineData(1, 60_000, 5_086)]
    [InlineData(0, 60_000, 4_096)] // unknown memory
    public void A_turn_that_is_known_to_be_longer_gets_its_positions_where_model_and_memory_allow(
        int gigabytes, long wanted, int context)
    {
        var plan = CachePlan.For(new(), Large, 131_072, gigabytes * Gigabyte, wanted);

        Assert.Equal(context, plan.ContextLength);
        Assert.True(plan.CacheLength >= context);
        Assert.Equal(context < 131_072, plan.Reason is not null);
        Assert.Equal(context == wanted, plan.Reason?.Contains("as many as the longest turn asked for", StringComparison.Ordinal) is true);
    }

    [Fact]
    public void A_longer_turn_does_not_change_a_context_that_is_given() =>
        Assert.Equal(2_000, CachePlan.For(new() { ContextLength = 2_000 }, Large, 131_072, 64 * Gigabyte, 60_000).ContextLength);

    [Fact]
    public void Only_a_model_that_thinks_gets_room_for_thoughts()
    {
        var turn = new LongestTurn(Answer: 1_000, Thoughts: 5_000);

        Assert.Equal(5_000, turn.Positions(thinks: true) - turn.Positions(thinks: false));
        Assert.True(turn.Positions(thinks: false) > 2_000, "there is room for a prompt, too");
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
