using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace CognitiveTools.Calls;

/// <summary>Arguments as one JSON object, for traces and for telling whether two calls are the same.</summary>
internal static class ArgumentJson
{
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(IEnumerable<KeyValuePair<string, string>> arguments)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Compact))
        {
            json.WriteStartObject();
            foreach (var (name, value) in arguments)
                json.WriteString(name, value);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
