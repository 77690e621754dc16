using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CognitiveTools.Answers.Scoring;
using CognitiveTools.Reasoners;
using CognitiveTools.Traces;

namespace CognitiveTools.Evals.Runs;

/// <summary>How the log's files are written. Formulas and other scripts stay readable: the files are data, never HTML.</summary>
internal static class RunFormat
{
    private static readonly JsonSerializerOptions Compact = Options(indented: false);
    private static readonly JsonSerializerOptions Wide = Options(indented: true);

    /// <summary>One line per value.</summary>
    public static JsonTypeInfo<T> Line<T>() => (JsonTypeInfo<T>)Compact.GetTypeInfo(typeof(T));

    /// <summary>Indented, for the header that people read.</summary>
    public static JsonTypeInfo<T> Indented<T>() => (JsonTypeInfo<T>)Wide.GetTypeInfo(typeof(T));

    /// <summary>A verdict's name as the log writes it.</summary>
    public static string NameOf(SampleStatus status) => JsonSerializer.Serialize(status, Line<SampleStatus>()).Trim('"');

    private static JsonSerializerOptions Options(bool indented) => new(RunJson.Default.Options)
    {
        AllowDuplicateProperties = false, // only one of the values would count
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = indented,
        Converters = { new ValidTextConverter() },
        NewLine = "\n",
        TypeInfoResolver = RunJson.Default.WithAddedModifier(Adapt),
    };

    // Types of the core library as the log has always stored them.
    private static void Adapt(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
        {
            switch ((type.Type.Name, property.Name))
            {
                case (nameof(Usage), "elapsed" or "positions" or "forwarded"): // a unit's time has a key of its own, the sums follow
                    property.ShouldSerialize = (_, _) => false;
                    break;
                case (nameof(Budget), "wall_time"):
                    (property.Name, property.CustomConverter) = ("wall_time_seconds", new SecondsConverter());
                    break;
            }
        }
    }
}
