namespace CognitiveTools.Evals.Generation;

/// <summary>
/// SplitMix64: a small generator whose every output is fixed by its seed on every platform and runtime version, which
/// <see cref="Random"/> does not promise. Not for secrets.
/// </summary>
/// <param name="seed">Any value; equal seeds give equal sequences.</param>
public sealed class SeededRandom(ulong seed)
{
    private ulong _state = seed;

    /// <summary>The next 64 bits.</summary>
    public ulong NextBits()
    {
        _state += 0x9E3779B97F4A7C15;
        return Mix(_state);
    }

    /// <summary>A number from 0 to <paramref name="exclusiveMaximum"/> - 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The maximum is not positive.</exception>
    public int Below(int exclusiveMaximum)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(exclusiveMaximum);

        // The high half of a 64 x 32 bit product: the bias is below 2^-32 and there is no loop.
        return (int)Math.BigMul(NextBits(), (ulong)exclusiveMaximum, out _);
    }

    /// <summary>A number from <paramref name="minimum"/> to <paramref name="maximum"/>, both included.</summary>
    public int Between(int minimum, int maximum) => minimum + Below(maximum - minimum + 1);

    /// <summary>True with the given probability in percent.</summary>
    public bool Percent(int chance) => Below(100) < chance;

    /// <summary>One of the items.</summary>
    public T Pick<T>(IReadOnlyList<T> items) => items[Below(items.Count)];

    /// <summary>Shuffles in place (Fisher and Yates).</summary>
    public void Shuffle<T>(IList<T> items)
    {
        for (var i = items.Count - 1; i > 0; i--)
        {
            var j = Below(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    /// <summary>A generator for a named purpose, independent of how far this one has run.</summary>
    public static SeededRandom For(ulong seed, string purpose) => new(Mix(seed ^ StableHash.Of(purpose)));

    internal static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
