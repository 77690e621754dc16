namespace CognitiveTools.Identity;

/// <summary>A reasoner's inputs besides its host's services, read from its settings.</summary>
public sealed record ReasonerInputs
{
    /// <summary>The prompt profile in its settings; empty for the host's own.</summary>
    public string Profile { get; init; } = "";

    /// <summary>Files whose content decides its answers: full paths by their names in the settings.</summary>
    public IReadOnlyDictionary<string, string> Files { get; init; } = SortedFacts.None;
}
