using CognitiveTools.Onnx.Engine;

namespace CognitiveTools.Onnx.Tests.Engine;

public sealed class StepCachesTests
{
    [Fact]
    public void A_position_that_stopped_early_lends_its_last_step_to_all_later_ones()
    {
        var caches = new StepCaches(1);
        caches.Append([[1], [2]]);
        caches.Append([[10]]);
        caches.Append([[100], [200], [300]]);

        Assert.Equal([1, 10, 100], caches.At(0).Rows.ToArray());
        Assert.Equal([2, 10, 200], caches.At(1).Rows.ToArray());
        Assert.Equal([2, 10, 300], caches.At(2).Rows.ToArray());
        Assert.Equal([2, 10, 300], caches.At(7).Rows.ToArray());
    }

    [Fact]
    public void Truncation_and_copies_keep_the_steps_apart()
    {
        var caches = new StepCaches(1);
        caches.Append([[1], [2]]);
        var copy = caches.Share();
        caches.Append([[3], [4], [5]]);
        caches.Truncate(1);
        copy.Append([[6]]);

        Assert.Equal([1], caches.At(0).Rows.ToArray());
        Assert.Equal([2], caches.At(2).Rows.ToArray());
        Assert.Equal([2, 6], copy.At(5).Rows.ToArray());
    }
}
