using System.Security.Cryptography;
using System.Text;

namespace CognitiveTools.Identity;

/// <summary>SHA-256 over a list of texts.</summary>
internal static class FieldHash
{
    /// <summary>The hash in lower-case hexadecimal.</summary>
    public static string Of(IEnumerable<string> fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var field in fields)
        {
            // Lengths go first, so that moving a character from one field to the next changes the hash.
            var bytes = Encoding.UTF8.GetBytes(field);
            hash.AppendData(BitConverter.GetBytes(bytes.Length));
            hash.AppendData(bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
