using System.Text.Json.Serialization;

namespace CognitiveTools.Evals.Problems;

/// <summary>A problem with its reference answer.</summary>
/// <param name="Id">Identifier, unique within its set.</param>
/// <param name="Text">The text put to the reasoner, byte for byte as in the file.</param>
/// <param name="Answer">The reference answer as the file gives it, without the worked solution.</param>
public sealed record Problem(string Id, [property: JsonPropertyName("problem")] string Text, string Answer)
{
    /// <summary>Topic, for instance <c>number theory</c>.</summary>
    public string? Topic { get; init; }

    /// <summary>Difficulty or level as the source writes it.</summary>
    public string? Difficulty { get; init; }

    /// <summary>Where the problem comes from.</summary>
    public string? Source { get; init; }

    /// <summary>
    /// Problems with the same cluster are not independent (one contest, one template); clustered errors use it.
    /// </summary>
    public string? Cluster { get; init; }

    /// <summary>Year in which the problem was published, for notes on contamination; <see langword="null"/> when unknown.</summary>
    [JsonNumberHandling(JsonNumberHandling.WriteAsString)]
    public int? Year { get; init; }
}
