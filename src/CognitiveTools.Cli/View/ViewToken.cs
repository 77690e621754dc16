using System.Security.Cryptography;
using System.Text;

namespace CognitiveTools.Cli.View;

/// <summary>The secret in the address of the live view; who has it may read the runs that are shown.</summary>
internal sealed class ViewToken
{
    private const int Bytes = 24;

    private readonly byte[] _text;

    private ViewToken(string text) => (Text, _text) = (text, Encoding.UTF8.GetBytes(text));

    /// <summary>Its text: hexadecimal digits.</summary>
    public string Text { get; }

    /// <summary>A token that nobody can guess.</summary>
    public static ViewToken Create() => new(RandomNumberGenerator.GetHexString(2 * Bytes, lowercase: true));

    /// <summary>Whether a text is the token; it always compares completely.</summary>
    public bool Is(string? given) => given is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), _text);
}
