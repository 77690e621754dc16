namespace CognitiveTools.Answers;

/// <summary>What a comparison of two answers found.</summary>
/// <param name="Equal">Whether they are the same answer.</param>
/// <param name="AsText">
/// One of them could not be read within the limits, so only their texts were compared and an equal answer in other
/// words was missed.
/// </param>
public readonly record struct AnswerComparison(bool Equal, bool AsText);
