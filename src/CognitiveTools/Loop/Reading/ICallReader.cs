namespace CognitiveTools.Loop.Reading;

/// <summary>Finds tool calls of one format.</summary>
internal interface ICallReader
{
    /// <summary>The first call of the turn, readable or not; <see langword="null"/> without one.</summary>
    /// <param name="turn">What the model said.</param>
    /// <param name="tools">Names of the tools on offer.</param>
    FoundCall? FindFirst(AssistantTurn turn, IReadOnlyCollection<string> tools);
}
