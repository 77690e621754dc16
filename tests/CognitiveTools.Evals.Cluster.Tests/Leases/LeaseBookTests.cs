using CognitiveTools.Evals.Cluster.Leases;
using CognitiveTools.Evals.Runs;
using Microsoft.Extensions.Time.Testing;

namespace CognitiveTools.Evals.Cluster.Tests.Leases;

public sealed class LeaseBookTests
{
    private static readonly TimeSpan LeaseTime = TimeSpan.FromSeconds(60);

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void A_unit_is_leased_to_one_worker_at_a_time()
    {
        var book = Book(Units(problems: 40));
        var leased = new List<UnitKey>();
        for (var i = 0; i < 200; i++)
            leased.AddRange(book.Lease($"w{i % 3}", 2, Any));

        Assert.Equal(80, leased.Count);
        Assert.Equal(80, leased.Distinct().Count());
        Assert.Equal((0, 80), (book.Pending, book.Leased));
    }

    [Fact]
    public void A_lease_that_is_not_renewed_ends_and_another_worker_gets_the_unit()
    {
        var book = Book(Units(problems: 1));
        var held = book.Lease("a", 9, Any).Concat(book.Lease("a", 9, Any)).ToArray();
        Assert.Equal(2, held.Length);

        _time.Advance(LeaseTime - TimeSpan.FromTicks(1));
        Assert.Empty(book.Lease("b", 9, Any));
        _time.Advance(TimeSpan.FromTicks(1));

        Assert.Contains(book.Lease("b", 9, Any).Single(), held);
        Assert.Contains(book.Lease("b", 9, Any).Single(), held);
    }

    [Fact]
    public void A_lease_that_is_renewed_goes_on()
    {
        var book = Book(Units(problems: 1));
        UnitKey[] held = [.. book.Lease("a", 1, Any), .. book.Lease("a", 1, Any)];
        for (var i = 0; i < 10; i++)
        {
            _time.Advance(LeaseTime / 2);
            Assert.Empty(book.Renew("a", held, []));
        }

        Assert.Empty(book.Lease("b", 9, Any));
    }

    [Fact]
    public void A_worker_that_comes_back_late_keeps_what_nobody_else_began()
    {
        var book = Book(Units(problems: 2));
        UnitKey[] held = [.. Enumerable.Range(0, 4).SelectMany(_ => book.Lease("a", 1, Any))];
        _time.Advance(LeaseTime);
        var stolen = book.Lease("b", 1, Any).Single();

        Assert.Equal([stolen], book.Renew("a", held, []));
        Assert.Equal(3, Enumerable.Range(0, 4).Count(_ => book.Renew("a", held, []).Count == 1) - 1);
        Assert.Equal(0, book.Pending);
    }

    [Fact]
    public void A_unit_that_waits_is_lost_with_its_lease()
    {
        var book = Book(Units(problems: 1));
        var unit = book.Lease("a", 1, Any).Single();
        _time.Advance(LeaseTime);

        Assert.Equal([unit], book.Renew("a", [], [unit]));
    }

    [Fact]
    public void A_finished_unit_is_leased_no_more_whoever_finished_it()
    {
        var book = Book(Units(problems: 1));
        var unit = book.Lease("a", 1, Any).Single();
        _time.Advance(LeaseTime);
        var other = book.Lease("b", 1, Any).Single();

        Assert.True(book.Complete(unit, 1)); // by the first worker, late
        Assert.False(book.Complete(unit, 1)); // by the second one
        if (other != unit)
            book.Release("b", [other]);
        UnitKey[] rest = [.. book.Lease("c", 9, Any), .. book.Lease("c", 9, Any)];
        Assert.DoesNotContain(unit, rest);
        Assert.Equal([unit], book.Renew("b", [unit], []));
    }

    [Fact]
    public void Units_that_are_given_back_are_leased_again_and_those_of_others_are_not()
    {
        var book = Book(Units(problems: 1));
        var a = book.Lease("a", 1, Any).Single();
        var b = book.Lease("b", 1, Any).Single();

        book.Release("a", [a, b]);

        Assert.Equal([a], book.Lease("c", 9, Any));
        Assert.Empty(book.Renew("b", [b], []));
    }

    [Fact]
    public void A_worker_gets_only_arms_that_it_can_run()
    {
        var book = Book(Units(problems: 20));

        UnitKey[] leased = [.. Enumerable.Range(0, 100).SelectMany(_ => book.Lease("a", 4, static arm => arm == "slow"))];

        Assert.Equal(20, leased.Length);
        Assert.All(leased, static unit => Assert.Equal("slow", unit.Arm));
        Assert.Equal(20, book.Pending);
    }

    [Fact]
    public void The_arms_of_a_problem_go_to_one_worker_while_there_are_other_problems()
    {
        var book = Book(Units(problems: 30));
        var first = book.Lease("a", 1, Any).Single();
        _ = book.Lease("b", 1, Any);

        Assert.Equal(first.Problem, book.Lease("a", 1, Any).Single().Problem);
    }

    [Fact]
    public void Long_problems_and_long_arms_come_first_and_early_samples_before_all()
    {
        var estimates = new UnitEstimates(new Dictionary<string, int> { ["short"] = 5, ["long"] = 5, ["longer text"] = 50 });
        estimates.Learn(new("other", "slow", 0), 100);
        estimates.Learn(new("other", "fast", 0), 10);
        estimates.Learn(new("long", "fast", 0), 40);
        var book = new LeaseBook(estimates, LeaseTime, _time);
        book.Load([.. from s in new[] { 1, 0 } from p in new[] { "short", "long", "longer text" } from a in new[] { "fast", "slow" }
            select new UnitKey(p, a, s)]);

        UnitKey[] order = [.. Enumerable.Range(0, 12).SelectMany(_ => book.Lease("a", 1, Any))];

        Assert.Equal([0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1], order.Select(static u => u.Sample));
        Assert.Equal(["long", "long", "longer text", "longer text", "short", "short"], order.Take(6).Select(static u => u.Problem));
        Assert.All(order.Chunk(2), static pair => Assert.Equal(["slow", "fast"], pair.Select(static u => u.Arm)));
    }

    [Fact]
    public void Near_the_end_a_worker_gets_less_than_it_asks_for()
    {
        var book = Book(Units(problems: 50));
        _ = book.Lease("b", 1, Any);

        Assert.Equal(24, book.Lease("a", 1000, Any).Count); // a quarter of 99: half, shared by two
        Assert.Equal(18, book.Lease("b", 1000, Any).Count);
    }

    [Fact]
    public void A_worker_without_work_takes_units_over_that_another_one_has_not_begun()
    {
        var book = Book(Units(problems: 4));
        UnitKey[] held = [.. Enumerable.Range(0, 8).SelectMany(_ => book.Lease("a", 1, Any))];
        Assert.Empty(book.Renew("a", held[..4], held[4..]));

        var taken = book.Lease("b", 4, Any).Single();

        Assert.Contains(taken, held[4..]);
        Assert.Equal([taken], book.Renew("a", held[..4], held[4..]));
    }

    [Fact]
    public void What_is_loaded_again_keeps_the_leases_of_units_that_are_still_missing()
    {
        var units = Units(problems: 2);
        var book = Book(units);
        var a = book.Lease("a", 1, Any).Single();
        var b = book.Lease("a", 1, Any).Single();

        book.Load([.. units.Where(u => u != b)]);

        Assert.Equal((2, 1), (book.Pending, book.Leased));
        Assert.Empty(book.Renew("a", [a], []));
    }

    private static bool Any(string arm) => true;

    private static UnitKey[] Units(int problems) =>
        [.. from p in Enumerable.Range(0, problems) from arm in new[] { "fast", "slow" } select new UnitKey($"p{p}", arm, 0)];

    private LeaseBook Book(UnitKey[] units)
    {
        var book = new LeaseBook(new UnitEstimates([]), LeaseTime, _time);
        book.Load(units);
        return book;
    }
}
