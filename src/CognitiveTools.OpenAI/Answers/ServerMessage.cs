using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CognitiveTools.OpenAI.Answers;

/// <summary>
/// Finds the message in the body of an error: the message in JSON, the title of a page, or the text itself, shortened.
/// </summary>
internal static partial class ServerMessage
{
    private const int Longest = 500; // characters

    public static string Of(string body)
    {
        var text = body.TrimStart();
        if (text.StartsWith('<'))
        {
            var title = Title().Match(text);
            return Shorten($"(a page) {(title.Success ? title.Groups["title"].Value.Trim() : Tags().Replace(text, " "))}");
        }

        return JsonValues.ReadAny(text, OfJson) ?? Shorten(text);
    }

    /// <summary>The message of an error in JSON; <see langword="null"/> when the object is not an error.</summary>
    public static string? OfJson(JsonNode? root)
    {
        if (root is JsonArray { Count: > 0 } list)
            return OfJson(list[0]);
        if (HasError(root))
        {
            var error = root.Member("error", "errors")!;
            var message = error is JsonObject ? error.Member("message", "msg", "detail", "error", "type", "code") : error;
            return Shorten(message.Text() ?? error.ToJsonString());
        }

        if (root.Member("base_resp") is { } outcome && outcome.Member("status_code").Count() is > 0) // MiniMax
            return Shorten(outcome.Member("status_msg").Text() ?? outcome.ToJsonString());
        return root.Member("choices") is null && root.Member("message", "detail") is { } said
            ? Shorten(said.Text() ?? said.ToJsonString())
            : null;
    }

    /// <summary>Whether the object has an error. Some servers have the member in every answer, with nothing in it.</summary>
    public static bool HasError(JsonNode? root) => root.Member("error", "errors") is { } error && !IsNothing(error);

    public static string Shorten(string text)
    {
        text = Blanks().Replace(text, " ").Trim();
        return text.Length <= Longest ? text : text[..Longest] + "...";
    }

    private static bool IsNothing(JsonNode error) => error switch
    {
        JsonObject map => map.Count == 0,
        JsonArray list => list.Count == 0,
        _ => error.Text() is "" or "false" or "0",
    };

    [GeneratedRegex(
        "<title>(?<title>[^<]*)</title>",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Title();

    [GeneratedRegex("<[^>]*>", RegexOptions.NonBacktracking)]
    private static partial Regex Tags();

    [GeneratedRegex(@"\s+", RegexOptions.NonBacktracking)]
    private static partial Regex Blanks();
}
