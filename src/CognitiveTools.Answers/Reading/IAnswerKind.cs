using CognitiveTools.Reasoners;

namespace CognitiveTools.Answers.Reading;

/// <summary>
/// A kind of answer, for instance integers: how it is found in a text, normalised and compared.
/// Implementations are immutable and take time linear in the text, whatever the text is.
/// </summary>
public interface IAnswerKind : ILocatingAnswerReader
{
    /// <summary>Name as suites write it.</summary>
    string Name { get; }

    /// <summary>Version of the reading rules. It goes up when a rule changes, so that old logs can be told apart.</summary>
    int Version { get; }

    /// <inheritdoc/>
    string IAnswerReader.Identity => FormattableString.Invariant($"{Name} version {Version}");

    /// <inheritdoc/>
    string? IAnswerReader.Read(string text) => Extract(text).Answer;

    /// <summary>Normalises a reference answer.</summary>
    /// <returns>The normalised answer, or <see langword="null"/> when it is not of this kind.</returns>
    string? NormalizeGold(string gold);

    /// <summary>Finds the final answer in a text.</summary>
    Extraction Extract(string text);

    /// <inheritdoc/>
    AnswerSpan? ILocatingAnswerReader.Locate(string text) =>
        Extract(text).Span is { } span && Read(text) is { } answer ? new AnswerSpan(answer, span.Start, span.Length) : null;

    /// <summary>Whether an extracted answer equals a reference answer.</summary>
    bool Matches(string answer, string gold);

    /// <summary>
    /// Whether two answers are one vote: either would be right if the other were the reference. An answer that only follows from
    /// the other (<c>3</c> from <c>3 (mod 7)</c>, 113 from <c>m + n = 113</c>) is another vote.
    /// </summary>
    bool IAnswerReader.AreSame(string first, string second) => Matches(first, second) && Matches(second, first);

    /// <summary>As <see cref="Matches"/>, and says how the two were compared.</summary>
    AnswerComparison Compare(string answer, string gold) => new(Matches(answer, gold), AsText: false);

    /// <summary>Whether the reference answer is anywhere in a text. Says nothing about correctness; flags reading faults.</summary>
    bool Mentions(string text, string gold);
}
