using System.Text.Json;
using CognitiveTools.Files;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Llama.Steering;

/// <summary>
/// Contrast pairs as JSON Lines. <c>positive</c> and <c>negative</c> are each a text (a user's message) or a list of
/// messages <c>{"role": ..., "content": ...}</c>.
/// </summary>
internal static class ContrastFile
{
    private static readonly string[] Roles = ["system", "user", "assistant"];

    /// <summary>Reads a file.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">A line is not a pair; the message names file, line and key.</exception>
    public static IReadOnlyList<ContrastPair> Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!File.Exists(path))
            throw new FileNotFoundException($"The file of contrast pairs {path} does not exist. Correct the path.", path);
        var pairs = new List<ContrastPair>();
        using var reader = Utf8TextReader.Open(path);
        while (reader.ReadLine() is { } line)
        {
            if (string.IsNullOrWhiteSpace(line))
                continue;
            try
            {
                using var row = StrictJson.Parse(line, path, reader.Line);
                pairs.Add(new(Messages(row.RootElement, "positive"), Messages(row.RootElement, "negative")));
            }
            catch (FormatException e)
            {
                throw new InvalidDataException($"{path}:{reader.Line}: {e.Message}", e);
            }
        }

        return pairs.Count > 0
            ? pairs
            : throw new InvalidDataException($"{path} holds no pairs. Write lines like {{\"positive\": \"...\", \"negative\": \"...\"}}.");
    }

    private static ChatMessage[] Messages(JsonElement row, string key)
    {
        if (row.ValueKind != JsonValueKind.Object || !row.TryGetProperty(key, out var side))
            throw new FormatException($"'{key}' is missing.");
        if (side.ValueKind == JsonValueKind.String)
            return [new(ChatRole.User, side.GetString())];
        if (side.ValueKind != JsonValueKind.Array || side.GetArrayLength() == 0)
            throw new FormatException($"'{key}' must be a text or a list of messages.");
        return
        [
            .. side.EnumerateArray()
                .Select(message => new ChatMessage(new ChatRole(Role(message, key)), Field(message, "content", key))),
        ];
    }

    private static string Role(JsonElement message, string key) =>
        Field(message, "role", key) is var role && Roles.Contains(role, StringComparer.Ordinal)
        ? role
        : throw new FormatException($"'{key}' has a message of the role '{role}'; known: {string.Join(", ", Roles)}.");

    private static string Field(JsonElement message, string field, string key) =>
        message.ValueKind == JsonValueKind.Object && message.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : throw new FormatException($"'{key}' has a message without the text '{field}'.");
}
