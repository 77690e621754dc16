using System.Text.Json.Serialization;

namespace CognitiveTools.Answers.Scoring;

/// <summary>What several solves of a problem with several right answers found.</summary>
/// <param name="Solutions">Different right answers that the problem has.</param>
/// <param name="Branches">The solves in their order.</param>
internal sealed record FoundAnswers(int Solutions, IReadOnlyList<FoundAnswer> Branches);

/// <summary>The answer of one of several solves.</summary>
/// <param name="Answer">The normalised answer; <see langword="null"/> without one.</param>
/// <param name="IsRight">Whether it is one of the right ones.</param>
/// <param name="Confidence">What the solve's own score says of it; <see langword="null"/> when there is none.</param>
internal sealed record FoundAnswer(
    string? Answer,
    bool IsRight,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Confidence);
