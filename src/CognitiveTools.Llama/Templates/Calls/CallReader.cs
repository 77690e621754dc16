using System.Globalization;
using System.Text;
using System.Text.Json;
using CognitiveTools.Identity;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Llama.Templates.Calls;

/// <summary>Finds the call in an answer while it is generated; the text before it is let through as soon as it cannot be a call.</summary>
/// <param name="starts">What a call of each function begins with, and the function's name.</param>
/// <param name="callsBefore">Calls of the conversation so far; they make the ids differ.</param>
internal sealed class CallReader(IReadOnlyList<(string Start, string Name)> starts, int callsBefore)
{
    private readonly StringBuilder _held = new();

    /// <summary>Adds a piece of the answer.</summary>
    /// <returns>Text that is not a part of a call.</returns>
    public string Add(string piece)
    {
        _held.Append(piece);
        var text = _held.ToString();
        var from = StartOfCall(text);
        _held.Clear().Append(text.AsSpan(from));
        return text[..from];
    }

    /// <summary>The answer has ended.</summary>
    /// <returns>The rest of the text, and the call if there is one.</returns>
    public (string Text, FunctionCallContent? Call) Finish()
    {
        var text = _held.ToString();
        _held.Clear();
        foreach (var (start, name) in starts)
        {
            var at = text.IndexOf(start, StringComparison.Ordinal);
            if (at >= 0 && Arguments(text[(at + start.Length)..]) is { } arguments)
                return (text[..at], new FunctionCallContent(IdOf(name, text), name, arguments));
        }

        return (text, null);
    }

    private int StartOfCall(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            foreach (var (start, _) in starts)
            {
                if (string.CompareOrdinal(text, i, start, 0, Math.Min(start.Length, text.Length - i)) == 0)
                    return i;
            }
        }

        return text.Length;
    }

    private static Dictionary<string, object?>? Arguments(string text)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text));
        try
        {
            using var document = JsonDocument.ParseValue(ref reader);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? document.RootElement.EnumerateObject()
                    .ToDictionary(static p => p.Name, static p => (object?)p.Value.Clone(), StringComparer.Ordinal)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // Nine letters and digits, as Mistral's templates want them.
    private string IdOf(string name, string text)
    {
        var hash = FieldHash.Of([callsBefore.ToString(CultureInfo.InvariantCulture), name, text]);
        return "c" + hash[..8];
    }
}
