namespace CognitiveTools.Identity;

/// <summary>Everything about a model and its backend that decides what it answers.</summary>
public sealed record ModelIdentity
{
    /// <summary>Name for people: the file's without its ending, or the name at an endpoint.</summary>
    public required string Name { get; init; }

    /// <summary>The program that runs it, with its version. Begins with the provider's name in the chat client's metadata.</summary>
    public required string Engine { get; init; }

    /// <summary>SHA-256 of the model's file in lower-case hexadecimal; <see langword="null"/> when there is no file here.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Architecture, size and quantisation in the engine's words.</summary>
    public string? Description { get; init; }

    /// <summary>The server's address; <see langword="null"/> for a model that runs here. What it runs behind the address cannot be
    /// told.</summary>
    public string? Endpoint { get; init; }

    /// <summary>Positions that one sequence may hold; <see langword="null"/> when the engine does not say.</summary>
    public int? Context { get; init; }

    /// <summary>Whether results do not depend on what else the engine is doing.</summary>
    public bool Deterministic { get; init; }

    /// <summary>Whether the chat client is bound by grammars.</summary>
    public bool Grammar { get; init; }

    /// <summary>Whether the chat client is asked for native function calls.</summary>
    public bool FunctionCalls { get; init; }

    /// <summary>What was changed about the file when it was loaded, in order.</summary>
    public IReadOnlyList<AppliedChange> Changes { get; init; } = [];

    /// <summary>Settings and devices of the backend that decide the last bits of its sums, by name.</summary>
    public IReadOnlyDictionary<string, string> Backend { get; init; } = SortedFacts.None;
}
