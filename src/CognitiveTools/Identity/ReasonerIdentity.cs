namespace CognitiveTools.Identity;

/// <summary>
/// Everything besides question, settings, seed and budget that decides a reasoner's answers: models, prompts, tools, donors, answer
/// reader, files, code. Two solves with equal identities and equal options are repetitions.
/// </summary>
internal sealed record ReasonerIdentity
{
    /// <summary>The host's models.</summary>
    public IReadOnlyList<ModelIdentity> Models { get; init; } = [];

    /// <summary>The reasoner's prompt profile; <see langword="null"/> when its host has no profiles.</summary>
    public ContentIdentity? Prompts { get; init; }

    /// <summary>The tools of the profile; <see langword="null"/> when the host has no tools.</summary>
    public ContentIdentity? Tools { get; init; }

    /// <summary>The donors; <see langword="null"/> when the host has no donors.</summary>
    public DonorIdentity? Donors { get; init; }

    /// <summary>The answer reader of votes, with the version of its rules; <see langword="null"/> when the host has no reader.</summary>
    public string? AnswerReader { get; init; }

    /// <summary>The sandbox level by the language that a tool runs.</summary>
    public IReadOnlyDictionary<string, string> Sandbox { get; init; } = SortedFacts.None;

    /// <summary>SHA-256 of other files that the reasoner reads, by their names in its settings.</summary>
    public IReadOnlyDictionary<string, string> Files { get; init; } = SortedFacts.None;

    /// <summary>Versions of the assemblies of the host's reasoners, by name.</summary>
    public IReadOnlyDictionary<string, string> Code { get; init; } = SortedFacts.None;
}
