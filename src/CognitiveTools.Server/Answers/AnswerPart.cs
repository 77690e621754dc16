using CognitiveTools.Server.Wire;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Server.Answers;

/// <summary>A piece of an answer while it is generated; only the last one has an end.</summary>
internal sealed record AnswerPart
{
    /// <summary>Text of the answer.</summary>
    public string? Text { get; init; }

    /// <summary>Text of a step before the answer.</summary>
    public string? Thinking { get; init; }

    /// <summary>Words with which the model refuses to answer, in place of the text.</summary>
    public string? Refusal { get; init; }

    /// <summary>A call of a function.</summary>
    public FunctionCallContent? Call { get; init; }

    public AnswerEnd? End { get; init; }
}

/// <summary>The end of an answer in the protocol's terms.</summary>
/// <param name="Finish"><c>stop</c>, <c>length</c>, <c>tool_calls</c> or <c>content_filter</c>.</param>
/// <param name="Usage">The usage; <see langword="null"/> when the model did not report it.</param>
internal sealed record AnswerEnd(string Finish, CompletionUsage? Usage)
{
    /// <summary>Remarks of the model's client, or of the reasoner, on how the answer was made.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
