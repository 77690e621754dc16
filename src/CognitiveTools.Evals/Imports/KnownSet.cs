namespace CognitiveTools.Evals.Imports;

/// <summary>A published problem set that can be imported by name and checked.</summary>
/// <param name="Name">Name on the command line.</param>
/// <param name="Title">Name for people.</param>
/// <param name="Problems">Problems that are kept of it.</param>
/// <param name="Answers">Kind of answer.</param>
/// <param name="AnswersSha256">
/// Hash of the sorted normalised answers: mirrors that word a problem differently agree on it, one with a wrong answer does not.
/// </param>
/// <param name="Files">SHA-256 of files that were checked, with where each came from.</param>
/// <param name="Rights">Who owns the texts and what that means for a copy.</param>
internal sealed record KnownSet(
    string Name, string Title, int Problems, string Answers, string AnswersSha256, IReadOnlyDictionary<string, string> Files, string Rights)
{
    /// <summary>What to know about errors in circulating copies; empty when nothing is known.</summary>
    public string Errata { get; init; } = "";
}
