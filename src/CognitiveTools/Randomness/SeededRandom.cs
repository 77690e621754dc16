namespace CognitiveTools.Randomness;

/// <summary>
/// SplitMix64 (Steele, Lea and Flood 2014): every output is fixed by the seed on every platform and runtime version, which
/// .NET does not promise of <see cref="Random"/>. All seeded randomness of the toolkit comes from here; it is a
/// <see cref="Random"/> so that libraries can draw from it. Not for secrets. Not thread-safe.
/// </summary>
public sealed class SeededRandom : Random
{
    internal const ulong Gamma = 0x9E3779B97F4A7C15;

    private ulong _state;

    /// <summary>Creates a generator.</summary>
    /// <param name="seed">Any value; equal seeds give equal sequences.</param>
    public SeededRandom(ulong seed) => _state = seed;

    /// <summary>Creates a generator from a seed as solves carry them.</summary>
    /// <param name="seed">Any value; equal seeds give equal sequences.</param>
    public static SeededRandom Of(int seed) => new(Mix(unchecked((ulong)seed) + Gamma));

    /// <summary>A generator for a named purpose, independent of how far another one has run.</summary>
    public static SeededRandom For(ulong seed, string purpose) => new(Mix(seed ^ StableHash.Of(purpose)));

    /// <summary>The next 64 bits.</summary>
    public ulong NextBits()
    {
        _state += Gamma;
        return Mix(_state);
    }

    /// <summary>A number from 0 to <paramref name="exclusiveMaximum"/> - 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The maximum is not positive.</exception>
    public int Below(int exclusiveMaximum)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(exclusiveMaximum);
        return (int)Scaled((ulong)exclusiveMaximum);
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

    /// <summary>A standard normal number from two uniforms u, v in [0, 1): <c>√(-2 ln(1 - u)) · cos(2πv)</c> (Box and Muller
    /// 1958).</summary>
    public static double Normal(Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        return Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
    }

    /// <inheritdoc/>
    public override int Next() => Below(int.MaxValue);

    /// <inheritdoc/>
    public override int Next(int maxValue)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxValue);
        return maxValue == 0 ? 0 : Below(maxValue);
    }

    /// <inheritdoc/>
    public override int Next(int minValue, int maxValue) => (int)NextInt64(minValue, maxValue);

    /// <inheritdoc/>
    public override long NextInt64() => (long)Scaled(long.MaxValue);

    /// <inheritdoc/>
    public override long NextInt64(long maxValue) => NextInt64(0, maxValue);

    /// <inheritdoc/>
    public override long NextInt64(long minValue, long maxValue)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minValue, maxValue);
        return minValue == maxValue ? minValue : unchecked(minValue + (long)Scaled((ulong)(maxValue - minValue)));
    }

    /// <inheritdoc/>
    public override double NextDouble() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <inheritdoc/>
    public override float NextSingle() => (NextBits() >> 40) * (1.0f / (1U << 24));

    /// <inheritdoc/>
    public override void NextBytes(byte[] buffer)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        NextBytes(buffer.AsSpan());
    }

    /// <inheritdoc/>
    public override void NextBytes(Span<byte> buffer)
    {
        foreach (ref var value in buffer)
            value = (byte)(NextBits() >> 56);
    }

    /// <inheritdoc/>
    protected override double Sample() => NextDouble();

    /// <summary>SplitMix64's finaliser: a bijection whose every output bit depends on every input bit.</summary>
    internal static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }

    // The high half of a 64 x 64 bit product: for ranges of 32 bits the bias is below 2^-32, and there is no loop.
    private ulong Scaled(ulong exclusiveMaximum) => Math.BigMul(NextBits(), exclusiveMaximum, out _);
}
