namespace CognitiveTools.Lab.Problems.Generation;

/// <summary>A stretch of a training conversation; passages of one role in a row form one message.</summary>
/// <param name="Role">Who says it.</param>
/// <param name="Text">What is said.</param>
/// <param name="Learn">Whether the model is to learn to say it; never for a planted slip.</param>
internal sealed record Passage(Role Role, string Text, bool Learn = false);
