using CognitiveTools.Identity;

namespace CognitiveTools.Reasoners;

/// <summary>Reads the final answer in a reasoner's answer text, and decides which answers count as equal votes.</summary>
public interface IAnswerReader
{
    /// <summary>Returns the normalised answer, or <see langword="null"/> when the text has no answer.</summary>
    string? Read(string text);

    /// <summary>Names the rules for reading answers, with their version; part of a run's identity, because votes depend on it.</summary>
    /// <value>By default the type's name and its assembly's version.</value>
    string Identity => $"{GetType().FullName} {AssemblyVersion.Of(GetType().Assembly)}";

    /// <summary>
    /// Whether two answers that <see cref="Read"/> returned are equal; by default, whether their
    /// texts are. Implementations must be symmetric and reflexive, not necessarily transitive.
    /// </summary>
    bool AreSame(string first, string second) => string.Equals(first, second, StringComparison.Ordinal);
}
