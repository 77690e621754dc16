using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using CognitiveTools.Evals.Problems;
using CognitiveTools.Reasoners;
using CognitiveTools.Traces;

namespace CognitiveTools.Evals.Runs;

/// <summary>Writes the transcript of a unit: the question and the whole reasoning, from which it can be judged again.</summary>
internal static class Transcript
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(Problem problem, Reasoning reasoning)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteNumber("v", 1);
            json.WriteString("problem", problem.Id);
            json.WriteString("question", problem.Text);
            json.WritePropertyName("reasoning");
            json.WriteRawValue(ReasoningJson.Write(WithoutTimes(reasoning)));
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    // Times are in the unit's record. Here they would give equal transcripts different hashes.
    private static Reasoning WithoutTimes(Reasoning reasoning) => reasoning with
    {
        Usage = reasoning.Usage with { Elapsed = TimeSpan.Zero },
        Steps = [.. reasoning.Steps.Select(s => s is Called called ? called with { Usage = called.Usage with { Elapsed = TimeSpan.Zero } } : s)],
    };
}
