using CognitiveTools.Evals.Generation;
using CsCheck;

namespace CognitiveTools.Evals.Tests.Generation;

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

    [Fact]
    public void Purposes_are_independent() =>
        Assert.NotEqual(SeededRandom.For(1, "a").NextBits(), SeededRandom.For(1, "b").NextBits());
}
