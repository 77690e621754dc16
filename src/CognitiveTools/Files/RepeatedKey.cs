using System.Text;
using System.Text.Json;

namespace CognitiveTools.Files;

/// <summary>Finds the first key that an object of a JSON text has twice; .NET says only its name.</summary>
/// <param name="Name">The key.</param>
/// <param name="Place">The object, for instance <c>messages[1]</c>; empty for the outermost one.</param>
/// <param name="Offset">Where the second of them begins, in bytes.</param>
internal sealed record RepeatedKey(string Name, string Place, long Offset)
{
    /// <param name="text">The text.</param>
    /// <param name="mostDepth">Objects and lists inside each other.</param>
    /// <returns><see langword="null"/> without one, and when the text is not valid JSON.</returns>
    public static RepeatedKey? Find(ReadOnlySpan<byte> text, int mostDepth)
    {
        var reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = mostDepth });
        try
        {
            var found = FindFirst(ref reader);
            while (reader.Read())
            {
                // the rest must be valid, or its fault is the one to report
            }

            return found;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException) // a key may hold half of a surrogate pair
        {
            return null;
        }
    }

    private static RepeatedKey? FindFirst(ref Utf8JsonReader reader)
    {
        var open = new Stack<Level>();
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    var name = reader.GetString()!;
                    if (!open.Peek().Names!.Add(name))
                        return new(name, PlaceOf(open), reader.TokenStartIndex);
                    open.Peek().Key = name;
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    open.Pop();
                    break;
                default:
                    if (open.TryPeek(out var outer) && outer.Names is null)
                        outer.Index++;
                    if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                        open.Push(new(reader.TokenType == JsonTokenType.StartObject ? new(StringComparer.Ordinal) : null));
                    break;
            }
        }

        return null;
    }

    private static string PlaceOf(Stack<Level> open)
    {
        var place = new StringBuilder();
        foreach (var level in open.Skip(1).Reverse()) // the innermost one has the key
        {
            if (level.Names is null)
                place.Append('[').Append(level.Index).Append(']');
            else
                place.Append(place.Length > 0 ? "." : "").Append(level.Key);
        }

        return place.ToString();
    }

    private sealed class Level(HashSet<string>? names)
    {
        /// <summary>The keys so far; <see langword="null"/> for a list.</summary>
        public HashSet<string>? Names => names;

        public string Key { get; set; } = "";

        public int Index { get; set; } = -1;
    }
}
