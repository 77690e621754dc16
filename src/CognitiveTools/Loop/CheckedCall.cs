using CognitiveTools.Tools;

namespace CognitiveTools.Loop;

/// <summary>A call after validation: ready to be made, or refused with the words the model gets to read.</summary>
/// <param name="Name">The tool's name, or what the model wrote for it.</param>
/// <param name="Tool">The tool; <see langword="null"/> when the call is refused.</param>
/// <param name="Arguments">The arguments to hand over, in the order of the parameters.</param>
/// <param name="Notes">What was repaired, ignored or replaced.</param>
internal sealed record CheckedCall(string Name, CognitiveTool? Tool, IReadOnlyList<KeyValuePair<string, string>> Arguments, IReadOnlyList<string> Notes)
{
    /// <summary>Why the call is refused, or <see langword="null"/>.</summary>
    public string? Error { get; init; }

    /// <summary>The arguments as a JSON object; with the name, what makes two calls the same.</summary>
    public string Json() => ArgumentJson.Write(Arguments);
}
