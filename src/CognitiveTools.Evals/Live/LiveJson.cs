using System.Text.Json;
using System.Text.Json.Serialization;

namespace CognitiveTools.Evals.Live;

/// <summary>What the pages get, in JSON of one line. The default encoder escapes '&lt;', so no text can end a script element.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(RunView))]
[JsonSerializable(typeof(IReadOnlyList<RunLine>))]
[JsonSerializable(typeof(PageFacts))]
internal sealed partial class LiveJson : JsonSerializerContext
{
    /// <summary>A run.</summary>
    public static string Of(RunView view) => JsonSerializer.Serialize(view, Default.RunView);

    /// <summary>The list of runs.</summary>
    public static string Of(IReadOnlyList<RunLine> lines) => JsonSerializer.Serialize(lines, Default.IReadOnlyListRunLine);

    /// <summary>What a page knows before its first event.</summary>
    public static string Of(PageFacts facts) => JsonSerializer.Serialize(facts, Default.PageFacts);
}

/// <summary>What a page knows before its first event.</summary>
/// <param name="Address">The path of the run, or of the list.</param>
/// <param name="HasList">Whether there is a list of runs to go back to.</param>
internal sealed record PageFacts(string Address, bool HasList);
