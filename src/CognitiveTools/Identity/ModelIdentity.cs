using System.Text.Json.Serialization;

namespace CognitiveTools.Identity;

/// <summary>Everything about a model and its backend that decides what it answers.</summary>
public sealed record ModelIdentity
{
    /// <summary>Display name: the file's name without extension, or the name at an endpoint.</summary>
    public required string Name { get; init; }

    /// <summary>The program that runs it, with its version. Begins with the provider's name in the chat client's metadata.</summary>
    public required string Engine { get; init; }

    /// <summary>SHA-256 of the model's file in lower-case hexadecimal; <see langword="null"/> when there is no file here.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Architecture, size and quantisation in the engine's words.</summary>
    public string? Description { get; init; }

    /// <summary>
    /// The server's address; <see langword="null"/> for a local model. The server may change the model behind the address.
    /// </summary>
    public string? Endpoint { get; init; }

    /// <summary>Positions that one sequence may hold; <see langword="null"/> when unknown.</summary>
    public int? Context { get; init; }

    /// <summary>Whether results are independent of the engine's other work.</summary>
    public bool Deterministic { get; init; }

    /// <summary>Whether the chat client enforces grammars.</summary>
    public bool Grammar { get; init; }

    /// <summary>Whether native function calls are used.</summary>
    public bool FunctionCalls { get; init; }

    /// <summary>
    /// The format of the model's thoughts, which are then told from its answers; <see langword="null"/> when it does not think, or
    /// when that is not known.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Thoughts { get; init; }

    /// <summary>
    /// The sampling that the model's file recommends and that requests without a temperature use, by the names of the file's keys.
    /// </summary>
    public IReadOnlyDictionary<string, string> Sampling { get; init; } = SortedFacts.None;

    /// <summary>Changes made when the file was loaded, in order.</summary>
    public IReadOnlyList<AppliedChange> Changes { get; init; } = [];

    /// <summary>Settings and devices of the backend that affect the rounding of its results, by name.</summary>
    public IReadOnlyDictionary<string, string> Backend { get; init; } = SortedFacts.None;
}
