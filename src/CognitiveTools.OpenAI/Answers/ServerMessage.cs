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
        if (root.Member("error", "errors") is { } error)
        {
            var message = error is JsonObject ? error.Member("message", "msg", "detail", "error", "type", "code") : error;
            return Shorten(message.Text() ?? error.ToJsonString());
        }

        return root.Member("choices") is null && root.Member("message", "detail") is { } said
            ? Shorten(said.Text() ?? said.ToJsonString())
            : null;
    }

    public static string Shorten(string text)
    {
        text = Blanks().Replace(text, " ").Trim();
        return text.Length <= Longest ? text : text[..Longest] + "...";
    }

    [GeneratedRegex(
        "<title>(?<title>[^<]*)</title>",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Title();

    [GeneratedRegex("<[^>]*>", RegexOptions.NonBacktracking)]
    private static partial Regex Tags();

    [GeneratedRegex(@"\s+", RegexOptions.NonBacktracking)]
    private static partial Regex Blanks();
}
