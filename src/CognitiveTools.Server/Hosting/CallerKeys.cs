using System.Security.Cryptography;
using System.Text;

namespace CognitiveTools.Server.Hosting;

/// <summary>Who may ask: the holders of the keys. Immutable and thread-safe.</summary>
internal sealed class CallerKeys(IReadOnlyList<string> keys)
{
    private readonly byte[][] _headers = [.. keys.Select(k => Encoding.UTF8.GetBytes($"Bearer {k}"))];

    /// <summary>Whether a key is asked for.</summary>
    public bool NeedKey => _headers.Length > 0;

    /// <summary>Finds the caller of a request; every key is compared in full, whichever fits.</summary>
    /// <param name="authorization">The header.</param>
    /// <returns>The number of the key, from 1; 0 when there is none.</returns>
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

    /// <summary>The part of the prefix cache that a caller uses: each key has its own where there are several.</summary>
    /// <param name="caller">As <see cref="Find"/> gives it.</param>
    public string? PartitionOf(int caller) => _headers.Length > 1 && caller > 0 ? $"key {caller}" : null;
}
