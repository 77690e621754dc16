using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace CognitiveTools.Text;

/// <summary>Says in plain English what is wrong with a JSON text, and where. .NET's own messages count lines and bytes from 0.</summary>
internal static partial class JsonFault
{
    private const int MostOfAReason = 300;

    /// <summary>The exception for a text that is not JSON.</summary>
    /// <param name="refusal">What the parser threw.</param>
    /// <param name="text">The text.</param>
    /// <param name="file">The file, for the message.</param>
    /// <param name="line">Number of the text's first line in it.</param>
    public static InvalidDataException Of(JsonException refusal, string text, string file, int line = 1)
    {
        var (before, column) = PlaceOf(refusal, text);
        return new($"{file}:{line + before}:{column}: not valid JSON: {Reason(refusal)}", refusal);
    }

    /// <inheritdoc cref="Of(JsonException, string, string, int)"/>
    public static InvalidDataException Of(JsonException refusal, ReadOnlySpan<byte> text, string file) =>
        Of(refusal, Encoding.UTF8.GetString(text), file);

    /// <summary>The exception for a text that is not JSON, or is other JSON than was wanted.</summary>
    /// <param name="refusal">What the serializer threw.</param>
    /// <param name="text">The text.</param>
    /// <param name="file">The file, for the message.</param>
    /// <param name="what">What the file should be: "a manifest".</param>
    /// <param name="remedy">What to do.</param>
    public static InvalidDataException Of(JsonException refusal, ReadOnlyMemory<byte> text, string file, string what, string remedy)
    {
        try
        {
            using var valid = JsonDocument.Parse(text);
            return new($"{file} is not {what}: {Words(refusal)} {remedy}", refusal);
        }
        catch (JsonException syntax)
        {
            return new($"{Of(syntax, text.Span, file).Message} {remedy}", refusal);
        }
    }

    /// <summary>The place in a text without a file, and the reason: "line 2, column 5: there is no value".</summary>
    public static string InText(JsonException refusal, string text)
    {
        var (before, column) = PlaceOf(refusal, text);
        return $"line {before + 1}, column {column}: {Reason(refusal).TrimEnd('.')}";
    }

    /// <summary>The reason in plain English, without a place.</summary>
    public static string Reason(JsonException refusal)
    {
        var message = Position().Replace(refusal.Message, "").Trim();
        if (message.Contains("does not contain any JSON tokens", StringComparison.Ordinal))
            return "there is no value.";
        if (message.Contains("trailing comma", StringComparison.Ordinal))
            return "a comma stands before a closing bracket. Remove the comma.";
        if (message.Contains("depth to be zero", StringComparison.Ordinal))
            return "the text ends, and a bracket { or [ is still open. Close it, or get the whole text.";
        if (message.Contains("Expected end of string", StringComparison.Ordinal))
            return "the text ends within a string. Write the closing quotation mark, or get the whole text.";
        if (message.Contains("reached end of data", StringComparison.Ordinal) || NumberAtEnd().IsMatch(message))
            return "the text ends within a value. Get the whole text.";
        if (message.Contains("maximum configured depth", StringComparison.Ordinal))
            return "lists and objects are nested too deeply.";
        if (Twice().IsMatch(message) || message.Contains("could not be converted", StringComparison.Ordinal))
            return Words(refusal);
        if (LineBreak().IsMatch(message))
            return "a line ends within a string. Write a line break in a string as \\n.";
        if (message.StartsWith("'/' is an invalid start", StringComparison.Ordinal))
            return "JSON has no comments here. Remove the comment.";
        if (message.StartsWith("'\'' is an invalid start", StringComparison.Ordinal))
            return "a string begins with '. Write \" around strings.";
        return TerminalText.Excerpt(message.Length == 0 ? "the text ends too early." : message, MostOfAReason);
    }

    /// <summary>What a value is.</summary>
    public static string KindOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => "true or false",
    };

    /// <summary>
    /// Why valid JSON was refused, as a sentence. The serializer's own messages name .NET types; those of our converters and checks
    /// stay as they are.
    /// </summary>
    public static string Words(JsonException refusal)
    {
        var message = refusal.Message;
        if (message.IndexOf(" Path: $", StringComparison.Ordinal) is > 0 and var end)
            message = message[..end];
        var key = refusal.Path is { Length: > 2 } path ? $"The key '{TerminalText.Excerpt(path.TrimStart('$', '.'))}'" : "It";
        if (Missing().Match(message) is { Success: true } missing)
            return $"{key} lacks {missing.Groups["names"].Value.TrimEnd('.')}.";
        if (Twice().Match(message) is { Success: true } twice)
            return $"The key '{TerminalText.Excerpt(twice.Groups["name"].Value)}' is there twice.";
        return message.Contains("could not be converted", StringComparison.Ordinal) || NamesType().IsMatch(message)
            ? $"{key} has a value of another kind."
            : message;
    }

    /// <summary>The lines before the place, and its column from 1, in characters.</summary>
    private static (int Before, int Column) PlaceOf(JsonException refusal, string text)
    {
        var before = (int)(refusal.LineNumber ?? 0);
        var start = 0;
        for (var i = 0; i < before && text.IndexOf('\n', start) is >= 0 and var end; i++)
            start = end + 1;
        var bytes = (int)(refusal.BytePositionInLine ?? 0);
        var column = 1;
        foreach (var rune in text.AsSpan(start).EnumerateRunes())
        {
            bytes -= rune.Utf8SequenceLength;
            if (bytes < 0)
                break;
            column++;
        }

        return (before, column);
    }

    [GeneratedRegex(@"( Path: [^|]*\|)? ?LineNumber: \d+ \| BytePositionInLine: \d+\.?", RegexOptions.ExplicitCapture)]
    private static partial Regex Position();

    // A digit can only be the end of a number when nothing follows it.
    [GeneratedRegex(@"^'\d' is an invalid end of a number", RegexOptions.ExplicitCapture)]
    private static partial Regex NumberAtEnd();

    [GeneratedRegex(@"^'0x0[AD]' is invalid within a JSON string", RegexOptions.ExplicitCapture)]
    private static partial Regex LineBreak();

    [GeneratedRegex("required properties[^:]*: (?<names>.+)$", RegexOptions.ExplicitCapture | RegexOptions.Singleline)]
    private static partial Regex Missing();

    [GeneratedRegex("Duplicate property '(?<name>[^']*)'", RegexOptions.ExplicitCapture)]
    private static partial Regex Twice();

    [GeneratedRegex("CognitiveTools\\.|System\\.|TokenType", RegexOptions.ExplicitCapture)]
    private static partial Regex NamesType();
}
