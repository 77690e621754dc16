using CognitiveTools.Evals.Runs;
using CognitiveTools.Traces;

namespace CognitiveTools.Evals.Generalization;

/// <summary>What the arms of a stored run said.</summary>
internal static class Responses
{
    /// <summary>The answer text of a unit; empty when its solve threw.</summary>
    /// <exception cref="InvalidDataException">The transcript is missing or damaged.</exception>
    public static string Text(RunResult run, UnitRecord unit)
    {
        if (unit.Transcript is not { } hash)
            return "";
        var path = Path.Combine(TranscriptStore.Folder(run.Directory), hash + ".json");
        try
        {
            using var document = System.Text.Json.JsonDocument.Parse(File.ReadAllBytes(path));
            return ReasoningJson.Read(document.RootElement.GetProperty("reasoning").GetRawText()).Answer;
        }
        catch (Exception exception) when (exception is IOException or System.Text.Json.JsonException)
        {
            throw new InvalidDataException($"{path}: the transcript of '{unit.Problem}' by '{unit.Arm}' cannot be read ({exception.Message}). Remove its line from units.jsonl and run the suite again.", exception);
        }
    }
}
