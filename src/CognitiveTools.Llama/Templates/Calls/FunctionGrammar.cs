using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using CognitiveTools.Chat;
using CognitiveTools.Llama.Templates.Conversations;

namespace CognitiveTools.Llama.Templates.Calls;

/// <summary>The grammar of one call of some functions.</summary>
internal static partial class FunctionGrammar
{
    /// <param name="syntax">How the call is written.</param>
    /// <param name="functions">The functions, at least one.</param>
    /// <param name="skip">Characters of <see cref="CallSyntax.Open"/> that the prompt has written already.</param>
    public static string Write(CallSyntax syntax, IReadOnlyList<DeclaredFunction> functions, int skip = 0)
    {
        var text = new StringBuilder();
        var calls = functions.Select((function, i) => $"{Literal(function.Name + syntax.Middle)} f{i}");
        var open = skip < syntax.Open.Length ? Literal(syntax.Open[skip..]) + " " : "";
        text.Append($"root ::= {open}({string.Join(" | ", calls)}) {Close(syntax.Close)}\n");
        for (var i = 0; i < functions.Count; i++)
            text.Append(RulesOf(functions[i], $"f{i}"));
        return text.Append(JsonSchemaGrammar.Json).ToString();
    }

    // A schema that a grammar cannot follow as a whole is followed as far as its properties can be; the function checks the rest.
    private static string RulesOf(DeclaredFunction function, string root) =>
        TryRules(function.Parameters, root) ?? TryRules(Relaxed(function.Parameters), root) ?? $"{root} ::= object\n";

    private static string? TryRules(JsonElement schema, string root)
    {
        if (schema.ValueKind != JsonValueKind.Object || !schema.TryGetProperty("type", out _))
            return null;
        try
        {
            return JsonSchemaGrammar.RulesFor(schema, root);
        }
        catch (Exception e) when (e is NotSupportedException or InvalidOperationException)
        {
            return null;
        }
    }

    private static JsonElement Relaxed(JsonElement schema)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("type", "object");
            json.WriteStartObject("properties");
            if (schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("properties", out var properties)
                && properties.ValueKind == JsonValueKind.Object)
            {
                foreach (var property in properties.EnumerateObject())
                {
                    json.WritePropertyName(property.Name);
                    WriteProperty(json, property.Value);
                }
            }

            json.WriteEndObject();
            if (schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("required", out var required))
            {
                json.WritePropertyName("required");
                required.WriteTo(json);
            }

            json.WriteEndObject();
        }

        return JsonDocument.Parse(buffer.WrittenMemory).RootElement;
    }

    private static void WriteProperty(Utf8JsonWriter json, JsonElement schema)
    {
        if (TryRules(schema, "p") is not null)
        {
            schema.WriteTo(json);
            return;
        }

        json.WriteStartObject();
        if (schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("type", out var type)
            && type.ValueKind == JsonValueKind.String && type.GetString() is not ("object" or "array"))
            json.WriteString("type", type.GetString());
        json.WriteEndObject();
    }

    private static string Close(string close) => close.Length == 0
        ? "\"\""
        : string.Join(" [a-zA-Z0-9]{9} ", close.Split(CallSyntax.IdMark).Select(Literal));

    private static string Literal(string text) => text.Length == 0
        ? "\"\""
        : $"\"{Special().Replace(text, static match => match.Value switch
        {
            "\n" => "\\n",
            "\r" => "\\r",
            "\t" => "\\t",
            var other => "\\" + other,
        })}\"";

    [GeneratedRegex("[\"\\\\\n\r\t]", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Special();
}
