using CognitiveTools.Identity;

namespace CognitiveTools.Reasoners;

/// <summary>Reads the normalised final answer out of a reasoner's answer text.</summary>
public interface IAnswerReader
{
    /// <summary>Returns the normalised answer, or <see langword="null"/> when the text gives none.</summary>
    string? Read(string text);

    /// <summary>Names how answers are read, with the version of the rules; part of a run's identity, since votes depend on it.</summary>
    /// <value>By default the type's name and its assembly's version.</value>
    string Identity => $"{GetType().FullName} {AssemblyVersion.Of(GetType().Assembly)}";
}
