using CognitiveTools.Evals.Cluster.Leases;
using CognitiveTools.Evals.Runs;
using CsCheck;
using Microsoft.Extensions.Time.Testing;

namespace CognitiveTools.Evals.Cluster.Tests.Leases;

/// <summary>Workers that lease, renew, finish, die and come back in any order: no unit is lost, and every one is finished.</summary>
public sealed class LeaseBookProperties
{
    private static readonly TimeSpan LeaseTime = TimeSpan.FromSeconds(60);

    [Fact]
    public void No_order_of_events_loses_a_unit()
    {
        var step = Gen.Select(Gen.Int[0, 5], Gen.Int[0, 3], Gen.Int[1, 5]);
        step.List[0, 200].Sample(steps =>
        {
            var time = new FakeTimeProvider();
            UnitKey[] units =
                [.. from p in Enumerable.Range(0, 12) from arm in new[] { "a", "b", "c" } select new UnitKey($"p{p}", arm, 0)];
            var book = new LeaseBook(new UnitEstimates([]), LeaseTime, time);
            book.Load(units);
            var held = Enumerable.Range(0, 4).Select(static _ => new HashSet<UnitKey>()).ToArray();
            var done = new HashSet<UnitKey>();
            foreach (var (what, worker, count) in steps)
                Do(book, time, held, done, what, worker, count);
            Assert.Equal(units.Length, book.Pending + book.Leased + done.Count);

            // One worker that lives finishes all, however the others died.
            for (var round = 0; round < 100 && done.Count < units.Length; round++)
            {
                time.Advance(LeaseTime);
                foreach (var unit in book.Lease("last", 10, static _ => true))
                    Assert.Equal(done.Add(unit), book.Complete(unit, 1));
            }

            Assert.Equal(units.Length, done.Count);
            Assert.Equal((0, 0), (book.Pending, book.Leased));
        });
    }

    private static void Do(
        LeaseBook book, FakeTimeProvider time, HashSet<UnitKey>[] held, HashSet<UnitKey> done, int what, int worker, int count)
    {
        switch (what)
        {
            case 0:
                held[worker].UnionWith(book.Lease($"{worker}", count, static _ => true));
                break;
            case 1:
                held[worker].ExceptWith(book.Renew($"{worker}", [.. held[worker].Take(count)], [.. held[worker].Skip(count)]));
                break;
            case 2 when held[worker].Count > 0:
                var unit = held[worker].First();
                held[worker].Remove(unit);
                Assert.Equal(done.Add(unit), book.Complete(unit, 1));
                break;
            case 3:
                book.Release($"{worker}", held[worker]);
                held[worker].Clear();
                break;
            case 4:
                held[worker].Clear(); // dies
                break;
            default:
                time.Advance(LeaseTime * count / 4);
                break;
        }
    }
}
