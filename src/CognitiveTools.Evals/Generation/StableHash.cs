using System.Text;

namespace CognitiveTools.Evals.Generation;

/// <summary>FNV-1a over UTF-8, finished by a mixer: a hash that is the same in every process, unlike string.GetHashCode.</summary>
internal static class StableHash
{
    public static ulong Of(string text)
    {
        var hash = 14695981039346656037UL;
        foreach (var value in Encoding.UTF8.GetBytes(text))
            hash = (hash ^ value) * 1099511628211UL;
        return SeededRandom.Mix(hash);
    }
}
