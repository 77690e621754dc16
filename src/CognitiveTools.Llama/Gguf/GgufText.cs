using System.Text;

namespace CognitiveTools.Llama.Gguf;

/// <summary>GGUF strings should be UTF-8, but some vocabularies hold stray bytes. Those become lone
/// surrogates U+DC80..U+DCFF, so that different bytes stay different strings and can be written back unchanged.</summary>
internal static class GgufText
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        if (System.Text.Unicode.Utf8.IsValid(bytes))
            return Strict.GetString(bytes);
        var text = new StringBuilder(bytes.Length);
        while (!bytes.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(bytes, out var rune, out var consumed) == System.Buffers.OperationStatus.Done)
                text.Append(rune.ToString());
            else
                for (var i = 0; i < consumed; i++)
                    text.Append((char)(0xDC00 + bytes[i]));
            bytes = bytes[consumed..];
        }
        return text.ToString();
    }

    public static byte[] Encode(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF'))
            return Strict.GetBytes(text);
        var bytes = new List<byte>(text.Length);
        Span<byte> buffer = stackalloc byte[4];
        for (var i = 0; i < text.Length;)
        {
            if (Rune.TryGetRuneAt(text, i, out var rune))
            {
                bytes.AddRange(buffer[..rune.EncodeToUtf8(buffer)]);
                i += rune.Utf16SequenceLength;
            }
            else if (text[i] is >= '\uDC80' and <= '\uDCFF')
            {
                bytes.Add((byte)(text[i++] - 0xDC00));
            }
            else
            {
                throw new ArgumentException(
                    $"The text has a lone surrogate U+{(int)text[i]:X4} at index {i}: GGUF strings are UTF-8; remove it.", nameof(text));
            }
        }
        return [.. bytes];
    }
}
