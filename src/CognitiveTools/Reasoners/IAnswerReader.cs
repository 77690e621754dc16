namespace CognitiveTools.Reasoners;

/// <summary>Reads the normalised final answer out of a reasoner's answer text.</summary>
public interface IAnswerReader
{
    /// <summary>Returns the normalised answer, or <see langword="null"/> when the text gives none.</summary>
    string? Read(string text);
}
