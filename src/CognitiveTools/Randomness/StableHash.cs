using System.Text;

namespace CognitiveTools.Randomness;

/// <summary>FNV-1a over UTF-8, finished by a mixer: the same in every process and on every platform, unlike string.GetHashCode.</summary>
internal static class StableHash
{
    /// <summary>The hash of a text.</summary>
    public static ulong Of(string text)
    {
        var hash = 14695981039346656037UL;
        foreach (var value in Encoding.UTF8.GetBytes(text))
            hash = (hash ^ value) * 1099511628211UL;
        return SeededRandom.Mix(hash);
    }
}
