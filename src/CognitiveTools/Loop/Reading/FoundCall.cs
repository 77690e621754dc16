using Microsoft.Extensions.AI;

namespace CognitiveTools.Loop.Reading;

/// <summary>A tool call as the model wrote it, not validated yet.</summary>
/// <param name="Tool">The name, as written.</param>
/// <param name="Arguments">The arguments in order; a positional one has no name.</param>
/// <param name="Start">Index in the turn's text at which the call begins.</param>
/// <param name="End">Index behind the call; what follows is cut.</param>
internal sealed record FoundCall(string Tool, IReadOnlyList<(string? Name, Literal Value)> Arguments, int Start, int End)
{
    /// <summary>Why the call cannot be read, or <see langword="null"/> when it could.</summary>
    public string? Error { get; init; }

    /// <summary>Repairs made while reading.</summary>
    public IReadOnlyCollection<string> Notes { get; init; } = [];

    /// <summary>Text that completes the call where a stop sequence took its end away.</summary>
    public string MissingEnd { get; init; } = "";

    /// <summary>The call as the client handed it over; <see langword="null"/> for one written in text.</summary>
    public FunctionCallContent? Native { get; init; }

    public static FoundCall Broken(string tool, string error, int start, int end) => new(tool, [], start, end) { Error = error };

    public static IReadOnlyList<(string? Name, Literal Value)> Named(MapLiteral map) =>
        [.. map.Entries.Select(e => ((string?)e.Key, e.Value))];
}
