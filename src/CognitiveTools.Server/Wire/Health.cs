namespace CognitiveTools.Server.Wire;

internal sealed record Health(string Status);
