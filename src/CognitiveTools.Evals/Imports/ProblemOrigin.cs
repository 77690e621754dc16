using System.Text.Json;
using System.Text.Json.Serialization;
using CognitiveTools.Text;

namespace CognitiveTools.Evals.Imports;

/// <summary>Where an imported set came from: the file <c>NAME.origin.json</c> next to it. Run headers repeat it.</summary>
internal sealed record ProblemOrigin
{
    /// <summary>The name it was imported under.</summary>
    public required string Set { get; init; }

    /// <summary>The file or address it was read from.</summary>
    public required string From { get; init; }

    /// <summary>SHA-256 of that file (lower-case hex).</summary>
    public required string Sha256 { get; init; }

    /// <summary>
    /// What is known about it: <c>file</c> (a checked file), <c>answers</c> (the checked answers in another wording), <c>none</c>.
    /// </summary>
    public required string Pinned { get; init; }

    /// <summary>Problems kept.</summary>
    public required int Problems { get; init; }

    /// <summary>Problems left out because they need a figure.</summary>
    public required int FigureProblemsLeftOut { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset Imported { get; init; }

    /// <summary>The origin recorded next to a problem file; <see langword="null"/> if it is missing.</summary>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public static ProblemOrigin? Beside(string problems)
    {
        var path = PathBeside(problems);
        if (!File.Exists(path))
            return null;
        var content = File.ReadAllBytes(path);
        try
        {
            return JsonSerializer.Deserialize(content, OriginJson.Default.ProblemOrigin);
        }
        catch (JsonException exception)
        {
            throw JsonFault.Of(exception, content, path, "the record of an import", "Import the set again.");
        }
    }

    internal static string PathBeside(string problems) => Path.ChangeExtension(problems, ".origin.json");

    internal byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, OriginJson.Default.ProblemOrigin);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(ProblemOrigin))]
internal sealed partial class OriginJson : JsonSerializerContext;
