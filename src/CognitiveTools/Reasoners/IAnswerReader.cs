using CognitiveTools.Identity;

namespace CognitiveTools.Reasoners;

/// <summary>Reads the final answer out of a reasoner's answer text, and says which answers are the same vote.</summary>
public interface IAnswerReader
{
    /// <summary>Returns the normalised answer, or <see langword="null"/> when the text gives none.</summary>
    string? Read(string text);

    /// <summary>Names how answers are read, with the version of the rules; part of a run's identity, since votes depend on it.</summary>
    /// <value>By default the type's name and its assembly's version.</value>
    string Identity => $"{GetType().FullName} {AssemblyVersion.Of(GetType().Assembly)}";

    /// <summary>
    /// Whether two answers that <see cref="Read"/> returned are the same answer; equal texts unless a reader knows better.
    /// Symmetric, and true of an answer and itself; <see cref="AnswerVote"/> makes groups of it in which all answers are the same.
    /// </summary>
    bool AreSame(string first, string second) => string.Equals(first, second, StringComparison.Ordinal);
}
