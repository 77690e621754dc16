using CognitiveTools.Randomness;
using CsCheck;

namespace CognitiveTools.Tests.Randomness;

public sealed class SeededRandomTests
{
    // The first outputs of SplitMix64 with seed 1234567, as published with its reference implementation.
    [Fact]
    public void It_gives_the_published_numbers()
    {
        var random = new SeededRandom(1234567);
        ulong[] expected = [6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821];
        Assert.Equal(expected, expected.Select(_ => random.NextBits()));
    }

    [Fact]
    public void Numbers_stay_in_their_range() =>
        Gen.Select(Gen.ULong, Gen.Int[-50, 50], Gen.Int[0, 100]).Sample((seed, low, span) =>
        {
            var value = new SeededRandom(seed).Between(low, low + span);
            return value >= low && value <= low + span;
        });

    // All members are overridden, because the sequence of System.Random is not guaranteed.
    [Fact]
    public void Every_way_to_draw_is_fixed_by_the_seed()
    {
        Assert.Equal(Drawn(new SeededRandom(5)), Drawn(new SeededRandom(5)));
        var own = typeof(SeededRandom).GetMethods().Where(m => m.DeclaringType == typeof(SeededRandom))
            .Select(m => m.ToString()).ToHashSet();
        Assert.All(
            typeof(Random).GetMethods().Where(m => m.IsVirtual && m.DeclaringType == typeof(Random)),
            drawing => Assert.Contains(drawing.ToString(), own));

        static double[] Drawn(Random random)
        {
            var bytes = new byte[3];
            random.NextBytes(bytes);
            return [random.Next(), random.Next(10), random.Next(-5, 5), random.NextInt64(), random.NextInt64(10), random.NextInt64(-5, 5),
                random.NextDouble(), random.NextSingle(), .. bytes.Select(b => (double)b)];
        }
    }

    [Fact]
    public void Whole_numbers_cover_the_largest_ranges() =>
        Gen.Select(Gen.ULong, Gen.Int, Gen.Int).Sample((seed, a, b) =>
        {
            var (low, high) = (Math.Min(a, b), Math.Max(a, b));
            var value = new SeededRandom(seed).Next(low, high);
            return low == high ? value == low : value >= low && value < high;
        });

    [Fact]
    public void Purposes_are_independent() =>
        Assert.NotEqual(SeededRandom.For(1, "a").NextBits(), SeededRandom.For(1, "b").NextBits());
}
