using System.Text.Json;

namespace CognitiveTools.Evals.Generalization.Wandering;

/// <summary>Reads responses from elsewhere: one JSON object a line with <c>id</c> (the problem's) and <c>response</c>.</summary>
public static class ResponseFile
{
    /// <summary>Reads a file; a problem may have several responses.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">A line cannot be used; the message names it.</exception>
    public static IReadOnlyList<KeyValuePair<string, string>> Read(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        if (!File.Exists(path))
            throw new FileNotFoundException($"There is no response file '{path}'.", path);
        return [.. File.ReadLines(path).Select((line, i) => (line, i)).Where(row => row.line.Trim().Length > 0).Select(row => Parse(row.line, $"{path}:{row.i + 1}"))];
    }

    private static KeyValuePair<string, string> Parse(string line, string place)
    {
        try
        {
            using var row = JsonDocument.Parse(line);
            return row.RootElement.ValueKind == JsonValueKind.Object
                && row.RootElement.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String
                && row.RootElement.TryGetProperty("response", out var response) && response.ValueKind == JsonValueKind.String
                    ? KeyValuePair.Create(id.GetString()!, response.GetString()!)
                    : throw new InvalidDataException($"{place}: a row needs the texts 'id' and 'response'.");
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"{place}: not a JSON object: {exception.Message}", exception);
        }
    }
}
