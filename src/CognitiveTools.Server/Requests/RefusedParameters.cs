using System.Text.Json;

namespace CognitiveTools.Server.Requests;

/// <summary>Parameters of the protocol that are not supported, each with a remedy and the values without effect.</summary>
internal static class RefusedParameters
{
    private const string UseTools = "Use tools and tool_choice.";

    private static readonly (string Name, string Remedy, Func<JsonElement, bool>? IsNeutral)[] All =
    [
        ("n", "One answer is made for each request; send the request again with another seed.", v => IsNumber(v, 1)),
        ("logprobs", "Leave it out, or false.", v => v.ValueKind == JsonValueKind.False),
        ("top_logprobs", "Leave it out.", v => IsNumber(v, 0)),
        ("logit_bias", "Leave it out; to force a form, use response_format.", IsEmpty),
        ("frequency_penalty", "Leave it out, or 0.", v => IsNumber(v, 0)),
        ("presence_penalty", "Leave it out, or 0.", v => IsNumber(v, 0)),
        ("functions", UseTools, IsEmpty),
        ("function_call", UseTools, v => IsText(v, "none") || IsText(v, "auto")),
        ("verbosity", "Leave it out, or medium.", v => IsText(v, "medium")),
        ("modalities", "Only text is generated.", v => v.ValueKind == JsonValueKind.Array
            && v.EnumerateArray().All(m => IsText(m, "text"))),
        ("audio", "Only text is generated.", null),
        ("web_search_options", "The server does not search the web; leave it out.", null),
    ];

    public static void Check(JsonFields fields)
    {
        foreach (var (name, remedy, isNeutral) in All)
            fields.Refuse(name, remedy, isNeutral);
    }

    public static bool IsEmpty(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => value.GetArrayLength() == 0,
        JsonValueKind.Object => value.GetPropertyCount() == 0,
        _ => false,
    };

    private static bool IsNumber(JsonElement value, double number) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var actual) && actual.Equals(number);

    private static bool IsText(JsonElement value, string text) => value.ValueKind == JsonValueKind.String && value.ValueEquals(text);
}
