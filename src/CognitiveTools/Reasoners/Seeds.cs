namespace CognitiveTools.Reasoners;

/// <summary>Derives independent seeds from one, the same on every machine and in every version.</summary>
public static class Seeds
{
    /// <summary>Derives a seed for the branch that <paramref name="path"/> names, for instance (purpose, index).</summary>
    /// <returns>A seed between 0 and <see cref="int.MaxValue"/>.</returns>
    public static int Derive(int seed, params ReadOnlySpan<int> path)
    {
        var state = Mix(unchecked((ulong)seed));
        foreach (var branch in path)
            state = Mix(state ^ unchecked((uint)branch + 0x9E3779B97F4A7C15UL));
        return (int)(state >> 33);
    }

    // SplitMix64's finaliser (Steele, Lea and Flood 2014).
    private static ulong Mix(ulong value)
    {
        unchecked
        {
            value += 0x9E3779B97F4A7C15UL;
            value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9UL;
            value = (value ^ (value >> 27)) * 0x94D049BB133111EBUL;
            return value ^ (value >> 31);
        }
    }
}
