namespace CognitiveTools.Llama.Engine;

/// <summary>A lane of the key-value cache.</summary>
internal readonly record struct SequenceId(int Value);
