namespace CognitiveTools.Reasoners;

/// <summary>Adds layers to every reasoner that a catalog makes.</summary>
internal sealed record ReasonerConfiguration(Action<ReasonerBuilder> Configure);
