using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using CognitiveTools.Evals.Problems;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Evals.Runs;

/// <summary>Writes a reasoning as a transcript: the question, every step, and the answer text that was judged.</summary>
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
            json.WriteString("question", Valid(problem.Text));
            json.WriteString("answer", Valid(reasoning.Answer));
            json.WriteString("stop", reasoning.Stop.ToString());
            if (reasoning.Error is not null)
                json.WriteString("error", Valid(reasoning.Error));
            json.WriteStartArray("steps");
            foreach (var step in reasoning.Steps)
                Write(json, step);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter json, Step step)
    {
        json.WriteStartObject();
        switch (step)
        {
            case Said said:
                json.WriteString("type", "said");
                json.WriteString("text", Valid(said.Text));
                break;
            case Called called:
                json.WriteString("type", "called");
                json.WriteString("tool", Valid(called.Tool));
                json.WriteString("arguments", Valid(called.Arguments));
                json.WriteString("outcome", called.Outcome);
                json.WriteString("observation", Valid(called.Observation));
                json.WriteNumber("prompt", called.Usage.Prompt + called.Usage.ToolPrompt);
                json.WriteNumber("generated", called.Usage.Generated + called.Usage.ToolGenerated);
                json.WriteStartArray("notes");
                foreach (var note in called.Notes)
                    json.WriteStringValue(Valid(note));
                json.WriteEndArray();
                break;
            case Thought thought:
                json.WriteString("type", "thought");
                json.WriteNumber("index", thought.Index);
                json.WriteString("kind", thought.Kind);
                WriteFinite(json, "norm", thought.Norm);
                WriteFinite(json, "entropy", thought.Entropy);
                json.WriteStartArray("nearest");
                foreach (var share in thought.Nearest)
                {
                    json.WriteStartObject();
                    json.WriteString("text", Valid(share.Text));
                    WriteFinite(json, "probability", share.Probability);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
                break;
            default:
                throw new ArgumentException($"A step of type {step.GetType().Name} cannot be written. Use Said, Called or Thought.", nameof(step));
        }

        json.WriteEndObject();
    }

    private static void WriteFinite(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value))
            json.WriteNumber(name, value);
        else
            json.WriteNull(name); // JSON has no NaN
    }

    // A token may end in half a surrogate pair; JSON text must be valid unicode.
    internal static string Valid(string text) => System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(text));
}
