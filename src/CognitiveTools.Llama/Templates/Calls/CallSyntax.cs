using System.Text.Json;

namespace CognitiveTools.Llama.Templates.Calls;

/// <summary>
/// How a chat template writes a call of a function whose arguments are a JSON object. Found by rendering a call and looking at the text
/// around its name and arguments, so it fits every template that writes JSON: Hermes and Qwen, Llama 3, Mistral, gpt-oss, DeepSeek.
/// </summary>
/// <param name="Open">Text before the name.</param>
/// <param name="Middle">Text between name and arguments.</param>
/// <param name="Close">Text behind the arguments, up to the end of the turn; <see cref="IdMark"/> stands for an id.</param>
internal sealed record CallSyntax(string Open, string Middle, string Close)
{
    /// <summary>The function and the arguments of the call that is rendered.</summary>
    public const string SampleName = "cog_sample_function", SampleId = "cogsample";

    /// <summary>Stands for an id in <see cref="Close"/>.</summary>
    public const string IdMark = "\u0001";

    private const string Key = "cog_key", Text = "cog value";

    /// <summary>The syntax that calls have when the template has none: it is described in the system prompt.</summary>
    public static CallSyntax Generic { get; } = new("<tool_call>\n{\"name\": \"", "\", \"arguments\": ", "}\n</tool_call>");

    /// <summary>Arguments of the call that is rendered.</summary>
    public static IDictionary<string, object?> SampleArguments { get; } =
        new Dictionary<string, object?> { [Key] = JsonSerializer.SerializeToElement(Text, JsonContext.Default.String) };

    /// <summary>Finds the syntax.</summary>
    /// <param name="call">A conversation that ends with the call.</param>
    /// <param name="answer">The same, with a text in place of the call.</param>
    /// <param name="answerText">The text.</param>
    /// <param name="ends">Texts of tokens that end a turn.</param>
    /// <returns><see langword="null"/> when the template does not write the arguments as a JSON object behind the name.</returns>
    public static CallSyntax? Find(string call, string answer, string answerText, IReadOnlyList<string> ends)
    {
        var start = Math.Min(call.AsSpan().CommonPrefixLength(answer), answer.LastIndexOf(answerText, StringComparison.Ordinal));
        var name = start < 0 ? -1 : call.IndexOf(SampleName, start, StringComparison.Ordinal);
        if (name < 0)
            return null;
        var behind = name + SampleName.Length;
        var brace = call.IndexOf('{', behind);
        var end = brace < 0 ? null : EndOfArguments(call, brace);
        if (end is not { } close)
            return null;
        var tail = call[close..];
        var rest = answer[(answer.LastIndexOf(answerText, StringComparison.Ordinal) + answerText.Length)..];
        if (rest.Length > 0 && tail.EndsWith(rest, StringComparison.Ordinal))
            tail = tail[..^rest.Length];
        foreach (var token in ends)
        {
            if (tail.IndexOf(token, StringComparison.Ordinal) is >= 0 and var at)
                tail = tail[..at];
        }

        return new(call[start..name], call[behind..brace], tail.TrimEnd().Replace(SampleId, IdMark, StringComparison.Ordinal));
    }

    private static int? EndOfArguments(string text, int brace)
    {
        var reader = new Utf8JsonReader(System.Text.Encoding.UTF8.GetBytes(text[brace..]));
        try
        {
            using var document = JsonDocument.ParseValue(ref reader);
            var isSample = document.RootElement.TryGetProperty(Key, out var value) && value.ValueKind == JsonValueKind.String
                && value.ValueEquals(Text);
            return isSample ? brace + (int)reader.BytesConsumed : null; // the sample is ASCII
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

[System.Text.Json.Serialization.JsonSerializable(typeof(string))]
internal sealed partial class JsonContext : System.Text.Json.Serialization.JsonSerializerContext;
