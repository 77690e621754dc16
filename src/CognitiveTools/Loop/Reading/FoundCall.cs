using Microsoft.Extensions.AI;

namespace CognitiveTools.Loop.Reading;

/// <summary>A tool call in the model's text, before validation.</summary>
/// <param name="Tool">The name, as written.</param>
/// <param name="Arguments">The arguments in order; a positional one has no name.</param>
/// <param name="Start">Index in the turn's text at which the call begins.</param>
/// <param name="End">Index after the call; the text from there on is cut.</param>
internal sealed record FoundCall(string Tool, IReadOnlyList<(string? Name, Literal Value)> Arguments, int Start, int End)
{
    /// <summary>Why the call cannot be read, or <see langword="null"/> when it could.</summary>
    public string? Error { get; init; }

    /// <summary>Repairs that the reader made.</summary>
    public IReadOnlyCollection<string> Notes { get; init; } = [];

    /// <summary>Text that completes a call whose end a stop sequence removed.</summary>
    public string MissingEnd { get; init; } = "";

    /// <summary>The call as the client returned it; <see langword="null"/> for a call in text.</summary>
    public FunctionCallContent? Native { get; init; }

    public static FoundCall Broken(string tool, string error, int start, int end) => new(tool, [], start, end) { Error = error };

    public static FoundCall Unreadable(string tool, string why, int start, int end) =>
        Broken(tool, $"the call of {tool} cannot be read: {why}", start, end);

    public static IReadOnlyList<(string? Name, Literal Value)> Named(MapLiteral map) =>
        [.. map.Entries.Select(e => ((string?)e.Key, e.Value))];
}
