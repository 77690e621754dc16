using CognitiveTools.Onnx.Engine;
using CsCheck;

namespace CognitiveTools.Onnx.Tests.Engine;

public sealed class CacheRowsTests
{
    // A lane of copies under random appends, shares and truncations, against plain lists.
    [Fact]
    public void Copies_never_see_each_others_rows() =>
        Gen.Select(Gen.Int[0, 2], Gen.Int[0, 9], Gen.Int[0, 60]).Array[1, 60].Sample(moves =>
        {
            var copies = new List<(CacheRows Rows, List<float> Expected)> { (new CacheRows(2), []) };
            var next = 0f;
            foreach (var (move, which, amount) in moves)
            {
                var (rows, expected) = copies[which % copies.Count];
                if (move == 0)
                {
                    var added = Enumerable.Range(0, 2 * (1 + (amount % 20))).Select(_ => next++).ToArray();
                    rows.Append(added);
                    expected.AddRange(added);
                }
                else if (move == 1)
                {
                    copies.Add((rows.Share(), [.. expected]));
                }
                else
                {
                    var kept = amount % (rows.Count + 1);
                    rows.Truncate(kept);
                    expected.RemoveRange(2 * kept, expected.Count - (2 * kept));
                }
            }

            return copies.All(
                copy => copy.Rows.Count * 2 == copy.Expected.Count && copy.Rows.Rows.Span.SequenceEqual(copy.Expected.ToArray()));
        });

    [Fact]
    public void A_shared_prefix_is_not_copied_until_the_second_append()
    {
        var rows = new CacheRows(1);
        rows.Append([1, 2, 3]);
        var share = rows.Share();
        rows.Append([4]);

        Assert.True(System.Runtime.InteropServices.MemoryMarshal.TryGetArray<float>(rows.Rows, out var first));
        Assert.True(System.Runtime.InteropServices.MemoryMarshal.TryGetArray<float>(share.Rows, out var second));
        Assert.Same(first.Array, second.Array);
        share.Append([5]);
        Assert.True(System.Runtime.InteropServices.MemoryMarshal.TryGetArray<float>(share.Rows, out second));
        Assert.NotSame(first.Array, second.Array);
        Assert.Equal([1, 2, 3, 4], rows.Rows.ToArray());
        Assert.Equal([1, 2, 3, 5], share.Rows.ToArray());
    }
}
