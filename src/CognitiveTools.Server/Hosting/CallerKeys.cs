using System.Security.Cryptography;
using System.Text;

namespace CognitiveTools.Server.Hosting;

/// <summary>Identifies callers by their keys. Immutable and thread-safe.</summary>
internal sealed class CallerKeys(IReadOnlyList<string> keys)
{
    private readonly byte[][] _headers = [.. keys.Select(k => Encoding.UTF8.GetBytes($"Bearer {k}"))];

    /// <summary>Whether a key is required.</summary>
    public bool NeedKey => _headers.Length > 0;

    /// <summary>Finds the caller of a request; it always compares every key completely.</summary>
    /// <param name="authorization">The header.</param>
    /// <returns>The number of the key, from 1; 0 for an unknown key.</returns>
    public int Find(string authorization)
    {
        var given = Encoding.UTF8.GetBytes(authorization);
        var found = 0;
        for (var i = 0; i < _headers.Length; i++)
        {
            if (CryptographicOperations.FixedTimeEquals(given, _headers[i]))
                found = i + 1;
        }

        return found;
    }

    /// <summary>The caller's partition of the prefix cache: with several keys, each has its own.</summary>
    /// <param name="caller">The result of <see cref="Find"/>.</param>
    public string? PartitionOf(int caller) => _headers.Length > 1 && caller > 0 ? $"key {caller}" : null;
}
