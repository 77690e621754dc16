using CognitiveTools.Chat;
using CognitiveTools.Llama.Engine;

namespace CognitiveTools.Llama.Tests.Engine;

/// <summary>A prefix is reused within its partition and nowhere else.</summary>
public sealed class CachePartitionTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_prompt_is_served_from_the_cache_to_its_own_partition_alone()
    {
        await using var engine = TestModels.Engine();

        Assert.Equal(0, await AskAsync(engine, "a"));
        Assert.NotEqual(0, await AskAsync(engine, "a"));
        Assert.Equal(0, await AskAsync(engine, "b"));
        Assert.Equal(0, await AskAsync(engine, null));
        Assert.NotEqual(0, await AskAsync(engine, "b"));
        Assert.NotEqual(0, await AskAsync(engine, null));
        Assert.NotEqual(0, await AskAsync(engine, "a"));
    }

    [Fact]
    public async Task Prompts_of_several_partitions_at_once_share_nothing()
    {
        await using var engine = TestModels.Engine();

        var cached = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => AskAsync(engine, $"caller {i}")));

        Assert.All(cached, c => Assert.Equal(0, c));
    }

    [Fact]
    public async Task A_lane_that_another_partition_used_is_taken_over_empty()
    {
        await using var engine = TestModels.Engine(o => (o.MaxSequences, o.IdlePrefixes) = (2, 1));

        for (var i = 0; i < 6; i++)
            Assert.Equal(0, await AskAsync(engine, i % 2 == 0 ? "a" : "b"));
    }

    [Fact]
    public async Task A_fork_belongs_to_the_partition_of_its_original()
    {
        await using var engine = TestModels.Engine();
        using (CachePartition.Use("a"))
        {
            using var root = engine.Begin();
            await root.AppendAsync(TestModels.Prompt(24), Token);
            using var fork = root.Fork();
            await fork.AppendAsync(TestModels.Prompt(8, 2), Token);
        }

        Assert.Equal(0, await AskAsync(engine, "b"));
        Assert.NotEqual(0, await AskAsync(engine, "a"));
    }

    [Fact]
    public void A_partition_ends_where_its_scope_does()
    {
        using (CachePartition.Use("a"))
        {
            using (CachePartition.Use("b"))
                Assert.Equal("b", CachePartition.Current);
            Assert.Equal("a", CachePartition.Current);
        }

        Assert.Null(CachePartition.Current);
    }

    private static async Task<int> AskAsync(LlamaEngine engine, string? partition)
    {
        using (CachePartition.Use(partition))
            return (await engine.GenerateAsync(TestModels.Prompt(24), TestModels.Greedy(2), Token)).Cached;
    }
}
