namespace CognitiveTools.Reasoners;

/// <summary>What a registration adds to every reasoner when a catalog makes it.</summary>
internal sealed record ReasonerConfiguration(Action<ReasonerBuilder> Configure);
