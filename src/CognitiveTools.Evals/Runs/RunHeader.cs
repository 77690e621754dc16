using System.Text.Json.Serialization;
using CognitiveTools.Evals.Suites;

namespace CognitiveTools.Evals.Runs;

/// <summary>The file <c>run.json</c>: what the units of a run have in common.</summary>
internal sealed record RunHeader
{
    /// <summary>The version this code writes.</summary>
    public const int CurrentVersion = 2;

    /// <summary>Schema version.</summary>
    [JsonPropertyName("v")]
    public int Version { get; init; } = CurrentVersion;

    /// <summary>The run's name: that of its directory.</summary>
    public required string Id { get; init; }

    /// <summary>The suite.</summary>
    public required Suite Suite { get; init; }

    /// <summary>Hash of everything in the suite that decides a unit's outcome, the problems included.</summary>
    public required string SuiteHash { get; init; }

    /// <summary>Hash of the problems.</summary>
    public required string ProblemsHash { get; init; }

    /// <summary>Ids of the problems in order.</summary>
    public required IReadOnlyList<string> ProblemIds { get; init; }

    /// <summary>
    /// What decides the results besides suite and problems; a run is resumed only with the same. <see langword="null"/> for a
    /// run of header version 1, which recorded less.
    /// </summary>
    public RunFacts? Facts { get; init; }

    /// <summary>
    /// The facts about the model that header version 1 recorded, as texts by name; <see langword="null"/> since version 2.
    /// </summary>
    public IReadOnlyDictionary<string, string>? Model { get; init; }

    /// <summary>Facts about the machine and the host, by name, for the record.</summary>
    public required IReadOnlyDictionary<string, string> Host { get; init; }

    /// <summary>Where the problems come from, by name: file, its hash, what an import recorded. For the record.</summary>
    public IReadOnlyDictionary<string, string>? Data { get; init; }

    /// <summary>What the run was made from, when not by running models; <see langword="null"/> for a run.</summary>
    public string? Origin { get; init; }

    /// <summary>
    /// Problems of the file that no graded system answered and that were left out on request (<c>grade --partial</c>);
    /// <see langword="null"/> if all were answered.
    /// </summary>
    public int? Unanswered { get; init; }

    /// <summary>Version of this library.</summary>
    public required string Toolkit { get; init; }

    /// <summary>Start of the first session and of every one that resumed it.</summary>
    public required IReadOnlyList<DateTimeOffset> Sessions { get; init; }

    /// <summary>The model's name, for tables; <see langword="null"/> when no model was named.</summary>
    [JsonIgnore]
    public string? ModelName => Facts is null ? Model?.GetValueOrDefault("name") : Facts.Model?.Name;

    /// <summary>Units of the whole run.</summary>
    [JsonIgnore]
    public int Planned => ProblemIds.Count * Suite.Arms.Count * Suite.Samples;
}
