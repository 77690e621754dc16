using System.Globalization;
using System.Text;
using System.Text.Json;

namespace CognitiveTools.Llama.Templates.Calls;

/// <summary>
/// Reads one value, written as JSON, as Python prints it, or as JSON with other quotes and bare names, into JSON. Strict, unlike the
/// readers of the tool loop: a template or a grammar has written the value.
/// </summary>
/// <param name="text">The text.</param>
/// <param name="quote">The mark around texts; empty for the quotes of JSON and Python.</param>
internal sealed class ValueTextReader(string text, string quote)
{
    private const int MostDepth = 64;

    private int _at;

    /// <summary>Reads the value at a place.</summary>
    /// <param name="text">The text.</param>
    /// <param name="at">The place.</param>
    /// <param name="quote">The mark around texts; empty for the quotes of JSON and Python.</param>
    /// <returns>The value and where it ends; <see langword="null"/> when there is no whole value.</returns>
    public static (JsonElement Value, int End)? Read(string text, int at, string quote = "")
    {
        var reader = new ValueTextReader(text, quote) { _at = at };
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            if (!reader.Value(json, depth: 0))
                return null;
        }

        using var document = JsonDocument.Parse(buffer.WrittenMemory);
        return (document.RootElement.Clone(), reader._at);
    }

    /// <summary>The value that a whole text is; <see langword="null"/> when it is not one.</summary>
    public static JsonElement? Whole(string text, string quote = "")
    {
        var trimmed = text.Trim();
        return Read(trimmed, 0, quote) is var (value, end) && end == trimmed.Length ? value : null;
    }

    /// <summary>Whether a text is one value of JSON, and not merely one that Python prints.</summary>
    public static bool IsJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private char Current => _at < text.Length ? text[_at] : '\0';

    private bool Value(Utf8JsonWriter json, int depth)
    {
        SkipSpace();
        if (depth > MostDepth || _at >= text.Length)
            return false;
        if (AtText())
        {
            if (Text() is not { } value)
                return false;
            json.WriteStringValue(value);
            return true;
        }

        return Current switch
        {
            '{' => Members(json, depth),
            '[' => Items(json, depth),
            '-' or (>= '0' and <= '9') => Number(json),
            _ => Word(json),
        };
    }

    private bool Members(Utf8JsonWriter json, int depth)
    {
        _at++;
        json.WriteStartObject();
        for (var isFirst = true; !Takes('}'); isFirst = false)
        {
            if (!isFirst && !Takes(','))
                return false;
            SkipSpace();
            var name = AtText() ? Text() : quote.Length > 0 ? BareName() : null;
            if (name is null || !Takes(':'))
                return false;
            json.WritePropertyName(name);
            if (!Value(json, depth + 1))
                return false;
        }

        json.WriteEndObject();
        return true;
    }

    private bool Items(Utf8JsonWriter json, int depth)
    {
        _at++;
        json.WriteStartArray();
        for (var isFirst = true; !Takes(']'); isFirst = false)
        {
            if ((!isFirst && !Takes(',')) || !Value(json, depth + 1))
                return false;
        }

        json.WriteEndArray();
        return true;
    }

    private bool Number(Utf8JsonWriter json)
    {
        var start = _at;
        while (char.IsAsciiDigit(Current) || Current is '-' or '+' or '.' or 'e' or 'E')
            _at++;
        var number = text[start.._at];
        if (!double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || !double.IsFinite(value))
            return false;
        try
        {
            json.WriteRawValue(number);
            return true;
        }
        catch (JsonException)
        {
            return false; // 01, 1., .5
        }
    }

    private bool Word(Utf8JsonWriter json)
    {
        var start = _at;
        while (char.IsAsciiLetter(Current))
            _at++;
        switch (text[start.._at])
        {
            case "true" or "True":
                json.WriteBooleanValue(true);
                return true;
            case "false" or "False":
                json.WriteBooleanValue(false);
                return true;
            case "null" or "None":
                json.WriteNullValue();
                return true;
            default:
                return false;
        }
    }

    private bool AtText() => quote.Length > 0
        ? string.CompareOrdinal(text, _at, quote, 0, quote.Length) == 0
        : Current is '"' or '\'';

    private string? BareName()
    {
        var start = _at;
        while (_at < text.Length && Current is not (':' or ',' or '{' or '}' or '[' or ']'))
            _at++;
        return _at > start ? text[start.._at] : null;
    }

    private string? Text()
    {
        if (quote.Length > 0)
        {
            var start = _at + quote.Length;
            var end = text.IndexOf(quote, start, StringComparison.Ordinal);
            if (end < 0)
                return null;
            _at = end + quote.Length;
            return text[start..end];
        }

        var closing = text[_at++];
        var value = new StringBuilder();
        while (_at < text.Length)
        {
            var c = text[_at++];
            if (c == closing)
                return value.ToString();
            if (c != '\\')
                value.Append(c);
            else if (!Escape(value))
                return null;
        }

        return null;
    }

    private bool Escape(StringBuilder value)
    {
        if (_at >= text.Length)
            return false;
        var c = text[_at++];
        var digits = c switch { 'x' => 2, 'u' => 4, 'U' => 8, _ => 0 };
        if (digits > 0)
        {
            if (_at + digits > text.Length
                || !int.TryParse(text.AsSpan(_at, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
                return false;
            _at += digits;
            value.Append(code < 0x10000 ? ((char)code).ToString() : char.ConvertFromUtf32(Math.Min(code, 0x10FFFF)));
            return true;
        }

        var plain = c switch
        {
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'b' => '\b',
            'f' => '\f',
            '\\' or '/' or '"' or '\'' => c,
            _ => '\0',
        };
        if (plain == '\0')
            return false;
        value.Append(plain);
        return true;
    }

    private bool Takes(char wanted)
    {
        SkipSpace();
        if (Current != wanted || _at >= text.Length)
            return false;
        _at++;
        return true;
    }

    private void SkipSpace()
    {
        while (_at < text.Length && Current is ' ' or '\n' or '\r' or '\t')
            _at++;
    }
}
