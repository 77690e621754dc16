namespace CognitiveTools.Identity;

/// <summary>What a reasoner takes from outside besides its host's services, read from its settings.</summary>
public sealed record ReasonerInputs
{
    /// <summary>The prompt profile that its settings name; empty for the host's own.</summary>
    public string Profile { get; init; } = "";

    /// <summary>Files whose content decides what it does: full paths by the names that its settings give.</summary>
    public IReadOnlyDictionary<string, string> Files { get; init; } = SortedFacts.None;
}
