namespace CognitiveTools.Reasoners;

/// <summary>A reasoner was told how to think with a model that does not think; a suite leaves such arms out if they are optional.</summary>
internal sealed class ModelCannotThinkException(string message) : ArgumentException(message);
