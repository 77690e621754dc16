namespace CognitiveTools.Llama.Gguf;

/// <summary>Bytes of the tokens of llama.cpp's rwkv tokenizer; the file escapes bytes that are not printable.</summary>
internal static class RwkvTokenText
{
    /// <summary>The bytes that llama.cpp matches. Broken escapes are read as llama.cpp reads them.</summary>
    public static byte[] Unescape(string token)
    {
        var bytes = new List<byte>(token.Length);
        var (escaping, digits, value) = (false, 0, 0);
        foreach (var b in GgufText.Encode(token))
        {
            if (digits > 0)
            {
                value = (value << 4) + (b >= 'a' ? b - 'a' + 10 : b - '0');
                if (--digits == 0)
                    bytes.Add((byte)value);
            }
            else if (escaping)
            {
                escaping = false;
                if (b == 'x')
                    (digits, value) = (2, 0);
                else
                    bytes.Add(b switch { (byte)'t' => (byte)'\t', (byte)'n' => (byte)'\n', (byte)'r' => (byte)'\r', _ => b });
            }
            else if (b == '\\')
            {
                escaping = true;
            }
            else
            {
                bytes.Add(b);
            }
        }

        return [.. bytes];
    }
}
