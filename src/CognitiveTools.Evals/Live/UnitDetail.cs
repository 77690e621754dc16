using System.Buffers;
using System.Text;
using System.Text.Json;
using CognitiveTools.Evals.Runs;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Evals.Live;

/// <summary>A finished unit with its transcript, in JSON for the page.</summary>
internal static class UnitDetail
{
    /// <summary>The JSON; a transcript that cannot be read leaves its reason in its place.</summary>
    public static string Of(string directory, UnitRecord unit)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer)) // its default encoder escapes '<'
        {
            json.WriteStartObject();
            json.WriteNumber("status", (int)unit.Status);
            json.WriteString("answer", unit.Answer);
            json.WriteString("gold", unit.Gold);
            json.WriteString("error", unit.Error);
            json.WriteNumber("seconds", unit.Ms / 1000);
            if (unit.Usage.Known(static usage => usage.Positions) is { } positions)
                json.WriteNumber("positions", positions);
            WriteTranscript(json, directory, unit);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteTranscript(Utf8JsonWriter json, string directory, UnitRecord unit)
    {
        if (unit.Transcript is not { } hash)
        {
            json.WriteString("missing", "The unit failed before there was a transcript.");
            return;
        }

        try
        {
            var content = new TranscriptStore(directory).Load(hash);
            var question = Transcript.Read(content).Question; // refuses what is no transcript
            using var document = JsonDocument.Parse(content);
            json.WriteString("question", question);
            json.WritePropertyName("trace");
            document.RootElement.GetProperty("reasoning").WriteTo(json);
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            json.WriteString("missing", exception.Message);
        }
    }
}
