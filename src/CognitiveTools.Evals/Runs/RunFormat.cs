using System.Text.Encodings.Web;
using System.Text.Json;
using CognitiveTools.Answers.Scoring;
using CognitiveTools.Traces;

namespace CognitiveTools.Evals.Runs;

/// <summary>How the log's files are written. Formulas and other scripts stay readable: the files are data, never HTML.</summary>
internal static class RunFormat
{
    /// <summary>One line per value.</summary>
    public static RunJson Lines { get; } = new(With(indented: false));

    /// <summary>Indented, for the header that people read.</summary>
    public static RunJson Indented { get; } = new(With(indented: true));

    /// <summary>A verdict's name as the log writes it.</summary>
    public static string NameOf(SampleStatus status) => JsonSerializer.Serialize(status, Lines.SampleStatus).Trim('"');

    private static JsonSerializerOptions With(bool indented) => new(RunJson.Default.Options)
    {
        AllowDuplicateProperties = false, // only one of the values would count
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = indented,
        Converters = { new ValidTextConverter() },
        NewLine = "\n",
    };
}
