namespace CognitiveTools.Identity;

/// <summary>
/// Everything besides question, settings, seed and budget that decides what a reasoner answers: models, prompts, tools, donors,
/// answer reader, files, code. Two solves with equal identities and equal options are repetitions of one another.
/// </summary>
public sealed record ReasonerIdentity
{
    /// <summary>The host's models.</summary>
    public IReadOnlyList<ModelIdentity> Models { get; init; } = [];

    /// <summary>The prompt profile that the reasoner uses; <see langword="null"/> when its host has none.</summary>
    public ContentIdentity? Prompts { get; init; }

    /// <summary>The tools that go with the profile; <see langword="null"/> when the host has none.</summary>
    public ContentIdentity? Tools { get; init; }

    /// <summary>The donors; <see langword="null"/> when the host has none.</summary>
    public DonorIdentity? Donors { get; init; }

    /// <summary>How votes read answers, with the version of the rules; <see langword="null"/> when the host does not say.</summary>
    public string? AnswerReader { get; init; }

    /// <summary>How programs are kept apart, by the language that a tool runs.</summary>
    public IReadOnlyDictionary<string, string> Sandbox { get; init; } = SortedFacts.None;

    /// <summary>SHA-256 of further files that the reasoner reads, by the name its settings give.</summary>
    public IReadOnlyDictionary<string, string> Files { get; init; } = SortedFacts.None;

    /// <summary>Versions of the assemblies that the host's reasoners come from, by name.</summary>
    public IReadOnlyDictionary<string, string> Code { get; init; } = SortedFacts.None;
}
