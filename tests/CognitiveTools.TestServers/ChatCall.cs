using System.Text.Json.Nodes;

namespace CognitiveTools.TestServers;

/// <summary>A request for a completion, as it came.</summary>
/// <param name="Index">Zero-based number of the request.</param>
/// <param name="Body">The request's JSON.</param>
/// <param name="Authorization">The header of that name; empty when there was none.</param>
public sealed record ChatCall(int Index, JsonObject Body, string Authorization)
{
    /// <summary>Path and query of the address.</summary>
    public string Address { get; init; } = "";

    /// <summary>The header <c>api-key</c>; empty when there was none.</summary>
    public string ApiKey { get; init; } = "";

    /// <summary>Role and text of the messages.</summary>
    public IReadOnlyList<(string Role, string Text)> Messages =>
        [.. Body["messages"]!.AsArray().Select(m => ((string)m!["role"]!, TextOf(m["content"])))];

    /// <summary>The last message's text.</summary>
    public string LastText => Messages[^1].Text;

    /// <summary>The stop sequences asked for.</summary>
    public IReadOnlyList<string> Stops => Body["stop"] is JsonArray stops ? [.. stops.Select(s => (string)s!)] : [];

    private static string TextOf(JsonNode? content) => content switch
    {
        JsonArray parts => string.Concat(parts.Select(p => (string?)p!["text"])),
        null => "",
        _ => (string)content!,
    };
}
