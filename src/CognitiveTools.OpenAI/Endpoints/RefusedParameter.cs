using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CognitiveTools.OpenAI.Answers;

namespace CognitiveTools.OpenAI.Endpoints;

/// <summary>
/// Finds the parameters that a server's error says it does not take. Servers say it in many words; only this class knows them.
/// </summary>
internal static partial class RefusedParameter
{
    private static readonly string[] Names =
    [
        "temperature", "top_p", "top_k", "min_p", "presence_penalty", "frequency_penalty", "max_tokens", "max_completion_tokens",
        "parallel_tool_calls", "reasoning_effort", "chat_template_kwargs", "stream_options", "response_format", "tool_choice",
    ];

    // Ordinary words, which count only where they are marked as names.
    private static readonly string[] Words = ["seed", "stop", "stream", "tools", "reasoning"];

    /// <summary>The refused parameters, in the order in which the error names them.</summary>
    /// <param name="body">The body of an answer with status 400 or 422.</param>
    public static IReadOnlyList<string> Of(string body)
    {
        var text = ServerMessage.Of(body);
        return JsonValues.ReadAny(body, root => Find(root is JsonArray { Count: > 0 } list ? list[0] : root, text)) ?? Find(null, text);
    }

    private static List<string> Find(JsonNode? root, string text)
    {
        if (ExtraInputs(root) is { Count: > 0 } extra)
            return extra;
        var error = root.Member("error") ?? root;
        var parameter = error.Member("param").Text();
        var says = $"{text} {error.Member("code").Text()} {error.Member("type").Text()}";
        if (!Refusal().IsMatch(says))
            return [];
        if (parameter is not null && (Named(Last(parameter)) ?? Named(parameter.Split('.')[0])) is { } name)
            return [name];
        return [.. Names.Concat(Words)
            .Select(known => (Name: known, At: PlaceOf(known, text)))
            .Where(found => found.At >= 0)
            .OrderBy(found => found.At)
            .Select(found => found.Name)];
    }

    // FastAPI and pydantic: {"detail":[{"type":"extra_forbidden","loc":["body","seed"],...}]}
    private static List<string> ExtraInputs(JsonNode? root)
    {
        var details = root.Member("detail") as JsonArray ?? root.Member("message").Member("detail") as JsonArray ?? [];
        return [.. details.Where(detail => detail.Member("type").Text() is "extra_forbidden" or "value_error.extra")
            .Select(detail => detail.Member("loc") is JsonArray { Count: > 0 } path ? Named(path[^1].Text() ?? "") : null)
            .OfType<string>()];
    }

    private static int PlaceOf(string name, string text)
    {
        var spelled = name == "tool_choice" ? "tool[_ ]?choice" : $"(?:{Regex.Escape(name)}|{Regex.Escape(Camel(name))})";
        var pattern = Words.Contains(name, StringComparer.Ordinal)
            ? $@"['""`]{spelled}['""`]|(?:parameter|argument|field|property|option|input)s?(?: \w+)?[^\w]+{spelled}\b"
                + $@"|\b{spelled} (?:parameter|argument|field|param)|\bsupports? {spelled}\b|(?:->\s*|\bbody\.|: ){spelled}(?:\W|$)"
                + name switch
                {
                    "tools" => @"|tool (?:use|calls|calling)|function (?:calls|calling)|\btools are not\b|\bno tools\b",
                    "stream" => @"|\bstream(?:s|ing)? (?:is|are) not\b|\bsupport streaming\b",
                    _ => "",
                }
            : $@"\b{spelled}\b";
        var match = Regex.Match(text, pattern, RegexOptions.IgnoreCase | RegexOptions.NonBacktracking);
        return match.Success ? match.Index : -1;
    }

    private static string? Named(string written) =>
        Names.Concat(Words).FirstOrDefault(name => written.Equals(name, StringComparison.Ordinal) || written == Camel(name));

    private static string Last(string path) => path[(path.LastIndexOf('.') + 1)..];

    private static string Camel(string name)
    {
        var parts = name.Split('_');
        return string.Concat(parts.Select((part, i) => i == 0 ? part : char.ToUpperInvariant(part[0]) + part[1..]));
    }

    [GeneratedRegex(
        @"unsupported|not (?:be )?support|n't support|not (?:be )?(?:permitted|allowed|recognized|recognised|accepted|available|enabled)"
            + @"|unrecogni[sz]ed|unknown|unexpected|extra (?:inputs|fields)|cannot find field|only the default|deprecated"
            + @"|requires --|no endpoints found|cannot (?:both )?be (?:specified|used|set)|no longer|\buse\b.{0,60}\binstead\b"
            + @"|must be verified|extra_forbidden|\bno tools\b",
        RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Refusal();
}
