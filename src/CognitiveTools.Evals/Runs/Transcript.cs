using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using CognitiveTools.Evals.Exchanges;
using CognitiveTools.Evals.Problems;
using CognitiveTools.Reasoners;
using CognitiveTools.Traces;

namespace CognitiveTools.Evals.Runs;

/// <summary>
/// The transcript of a unit: the question, the whole reasoning, from which it can be judged again, and the exchanges with the
/// chat model, from which it can be played again.
/// </summary>
internal static class Transcript
{
    private const int Version = 1;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(Problem problem, Reasoning reasoning, IReadOnlyList<Exchange>? exchanges = null)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteNumber("v", Version);
            json.WriteString("problem", problem.Id);
            json.WriteString("question", problem.Text);
            json.WritePropertyName("reasoning");
            json.WriteRawValue(ReasoningJson.Write(WithoutTimes(reasoning)));
            if (exchanges is { Count: > 0 })
            {
                json.WritePropertyName("exchanges");
                JsonSerializer.Serialize(json, exchanges, RunFormat.Line<IReadOnlyList<Exchange>>());
            }

            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <exception cref="InvalidDataException">The content is not a transcript.</exception>
    public static StoredTranscript Read(byte[] content)
    {
        try
        {
            using var json = JsonDocument.Parse(content);
            var root = json.RootElement;
            if (root.GetProperty("v").GetInt32() > Version)
            {
                throw new InvalidDataException(
                    $"A transcript's key 'v' is {root.GetProperty("v")}, this program reads up to {Version}. Use a newer cogtools.");
            }

            return new StoredTranscript(
                root.GetProperty("problem").GetString()!,
                root.GetProperty("question").GetString()!,
                ReasoningJson.Read(root.GetProperty("reasoning").GetRawText()))
            {
                Exchanges = root.TryGetProperty("exchanges", out var exchanges)
                    ? exchanges.Deserialize(RunFormat.Line<IReadOnlyList<Exchange>>())!
                    : [],
            };
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new InvalidDataException($"Not a transcript: {exception.Message}", exception);
        }
    }

    // Times are in the unit's record. Here they would give equal transcripts different hashes.
    private static Reasoning WithoutTimes(Reasoning reasoning) => reasoning with
    {
        Usage = reasoning.Usage with { Elapsed = TimeSpan.Zero },
        Steps = [.. reasoning.Steps.Select(WithoutTime)],
    };

    private static Step WithoutTime(Step step) =>
        step is Called called ? called with { Usage = called.Usage with { Elapsed = TimeSpan.Zero } } : step;
}
