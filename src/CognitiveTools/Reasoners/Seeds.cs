using CognitiveTools.Randomness;

namespace CognitiveTools.Reasoners;

/// <summary>Derives independent seeds from one, the same on every machine and in every version.</summary>
internal static class Seeds
{
    /// <summary>Derives a seed for the branch that <paramref name="path"/> names, for instance (purpose, index).</summary>
    /// <returns>A seed between 0 and <see cref="int.MaxValue"/>.</returns>
    public static int Derive(int seed, params ReadOnlySpan<int> path)
    {
        var state = Mix(unchecked((ulong)seed));
        foreach (var branch in path)
            state = Mix(state ^ unchecked((uint)branch + SeededRandom.Gamma));
        return (int)(state >> 33);
    }

    private static ulong Mix(ulong value) => SeededRandom.Mix(unchecked(value + SeededRandom.Gamma));
}
