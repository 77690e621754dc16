namespace CognitiveTools.Loop.Reading;

/// <summary>Finds tool calls written in one way: text forms here, native function calls from the message's contents.</summary>
internal interface ICallReader
{
    /// <summary>The first call of the turn, readable or not; <see langword="null"/> when there is none.</summary>
    /// <param name="turn">What the model said.</param>
    /// <param name="tools">Names of the tools on offer.</param>
    FoundCall? FindFirst(AssistantTurn turn, IReadOnlyCollection<string> tools);
}
