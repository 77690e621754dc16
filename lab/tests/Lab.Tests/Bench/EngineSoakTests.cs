using System.Runtime.InteropServices;
using CognitiveTools.Lab.Bench.Soak;
using CognitiveTools.Llama.Binding;
using CognitiveTools.Llama.Engine;

namespace CognitiveTools.Lab.Tests.Bench;

/// <summary>Native objects are counted for the whole process, so nothing else runs next to these.</summary>
[CollectionDefinition(nameof(EngineSoakTests), DisableParallelization = true)]
[Collection(nameof(EngineSoakTests))]
public sealed class EngineSoakTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Mixed_traffic_leaves_nothing_behind_and_nothing_fails_otherwise_than_asked()
    {
        var options = new SoakOptions { Duration = TimeSpan.FromSeconds(1), Rounds = 4, LeastOperations = 500, Callers = 8, Threads = 1 };
        var report = await EngineSoak.RunAsync(Llama.Tests.TestModels.Tiny, options, cancellationToken: Token);

        Assert.Empty(report.Failures);
        Assert.True(report.IsNothingLeft, string.Join('\n', report.Samples));
        Assert.Equal(5, report.Samples.Count);
        Assert.All(new[] { "append", "generation", "thought", "fork", "rewind", "disposal", "abandoned stream" }, operation =>
            Assert.True(report.Operations[operation] > 0, operation));
        Assert.True(report.Positions > 0);
    }

    [Theory]
    [InlineData(32 << 20)] // mapped by itself
    [InlineData(64 << 10)] // of the heap
    public void The_native_heap_in_use_grows_and_shrinks_with_what_is_allocated(int bytes)
    {
        Assert.SkipWhen(NativeHeap.InUse() is null, "To run it: use Linux with the GNU C library, which tells what is allocated.");
        const int blocks = 64;
        var before = NativeHeap.InUse()!.Value;
        var held = new nint[bytes > 1 << 20 ? 1 : blocks];
        for (var i = 0; i < held.Length; i++)
            held[i] = Marshal.AllocHGlobal(bytes);
        var with = NativeHeap.InUse()!.Value;
        foreach (var block in held)
            Marshal.FreeHGlobal(block);

        var (grown, left) = (with - before, NativeHeap.InUse()!.Value - before);
        Assert.InRange(grown, (long)bytes * held.Length, (long)bytes * held.Length * 2);
        Assert.InRange(Math.Abs(left), 0, 1 << 20);
    }

    [Fact]
    public async Task A_sequence_that_is_open_and_one_that_is_not_are_told_apart()
    {
        await using var engine = Llama.Tests.TestModels.Engine(static o => o.IdlePrefixes = 2);
        var sequence = engine.Begin();
        await sequence.AppendAsync(Llama.Tests.TestModels.Prompt(20), Token);
        var open = await engine.CountCacheAsync(Token);
        sequence.Dispose();
        var idle = await engine.CountCacheAsync(Token);

        Assert.Equal(new CacheUsage(OpenLanes: 1, Open: 20, Idle: 0, Held: 20), open);
        Assert.Equal(new CacheUsage(OpenLanes: 0, Open: 0, Idle: 20, Held: 20), idle);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(-3, true)]
    [InlineData(1, true)] // 1 a second over 20 seconds, of 1,000 and more: just under two percent
    [InlineData(2, false)]
    public void Memory_is_flat_when_the_line_through_its_last_two_thirds_hardly_rises(int bytesPerSecond, bool flat)
    {
        // The first third fills caches and is not judged.
        var report = Report([.. Enumerable.Range(0, 30).Select(i => i < 10 ? 100L * i : 1000 + (bytesPerSecond * i))]);

        Assert.Equal(flat, report.IsMemoryFlat);
        Assert.Equal(bytesPerSecond, report.Slope, 1e-6);
    }

    [Fact]
    public void Too_few_measurements_are_not_called_flat() => Assert.False(Report([1000, 1000, 1000]).IsMemoryFlat);

    [Fact]
    public void An_open_lane_a_lost_position_and_a_native_object_too_many_are_found()
    {
        var good = new SoakSample(
            TimeSpan.Zero, 0, 1000, 0, NativeHeap: null, NativeObjects: 2, OpenLanes: 0, IdlePositions: 7, HeldPositions: 7);

        Assert.True(Report(good, good).IsNothingLeft);
        Assert.False(Report(good, good with { OpenLanes = 1 }).IsNothingLeft);
        Assert.False(Report(good, good with { HeldPositions = 8 }).IsNothingLeft);
        Assert.False(Report(good, good with { NativeObjects = 3 }).IsNothingLeft);
    }

    private static SoakReport Report(long[] resident) =>
        Report([.. resident.Select(static (bytes, i) => new SoakSample(TimeSpan.FromSeconds(i), i, bytes, 0, null, 2, 0, 0, 0))]);

    private static SoakReport Report(params SoakSample[] samples) =>
        new("model", 1, new(), samples, new Dictionary<string, long>(StringComparer.Ordinal),
            new Dictionary<string, long>(StringComparer.Ordinal), 0);
}
