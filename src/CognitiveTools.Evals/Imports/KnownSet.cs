namespace CognitiveTools.Evals.Imports;

/// <summary>
/// A published problem set that can be imported by name and checked. Mirrors with other wordings share the hash of the answers.
/// </summary>
internal sealed record KnownSet(
    string Name, string Title, int Problems, string Answers, string AnswersSha256, IReadOnlyDictionary<string, string> Files, string Rights)
{
    /// <summary>What to know about errors in circulating copies; empty when nothing is known.</summary>
    public string Errata { get; init; } = "";
}
