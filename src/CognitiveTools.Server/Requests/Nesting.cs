using System.Globalization;
using System.Text.Json;

namespace CognitiveTools.Server.Requests;

/// <summary>How deep JSON may be nested; docs/serve.md has the limits.</summary>
internal static class Nesting
{
    /// <summary>Levels of a body: a schema of 200 levels, each of them two of JSON, and its place in the body.</summary>
    public const int MostOfBody = 512;

    /// <summary>
    /// Levels of the parameters of a function and of the arguments of a call, and of a schema that goes to another server. Within the
    /// messages to workers and other servers they are some levels deeper, and 64 is the usual limit of those.
    /// </summary>
    public const int MostOfPart = 50;

    /// <summary>Whether a JSON text goes deeper than allowed.</summary>
    /// <param name="json">The text; possibly no JSON.</param>
    /// <param name="most">The allowed levels.</param>
    /// <param name="field">The field of the outermost object in which it does; <see langword="null"/> when there is none.</param>
    public static bool IsTooDeep(ReadOnlySpan<byte> json, int most, out string? field)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = most + 1 });
        field = null;
        try
        {
            while (reader.Read())
            {
                if (reader is { TokenType: JsonTokenType.PropertyName, CurrentDepth: 1 })
                    field = reader.GetString();
                if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray && reader.CurrentDepth >= most)
                    return true;
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // no JSON, or no Unicode
        }

        return false;
    }

    /// <summary>Whether a value goes deeper than allowed.</summary>
    public static bool IsTooDeep(JsonElement value, int most) => value.ValueKind switch
    {
        JsonValueKind.Object => most == 0 || value.EnumerateObject().Any(property => IsTooDeep(property.Value, most - 1)),
        JsonValueKind.Array => most == 0 || value.EnumerateArray().Any(item => IsTooDeep(item, most - 1)),
        _ => false,
    };

    /// <summary>What is wrong with a part that is too deep.</summary>
    public static string Refusal(string part, int most) =>
        string.Create(CultureInfo.InvariantCulture, $"{part} is nested too deeply: at most {most} levels are read. Nest less.");
}
