namespace CognitiveTools.Reasoners;

/// <summary>A reasoner was told to think in a way that its model cannot; a suite leaves such arms out if they are optional.</summary>
internal sealed class ModelCannotThinkException(string message) : ArgumentException(message);
