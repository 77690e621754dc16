namespace CognitiveTools.Server.Wire;

internal sealed record Health(string Status)
{
    public string? Reason { get; init; }
}
