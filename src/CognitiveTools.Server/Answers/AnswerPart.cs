using CognitiveTools.Server.Wire;

namespace CognitiveTools.Server.Answers;

/// <summary>A piece of an answer as it is made; the last one, and only that, has an end.</summary>
internal sealed record AnswerPart
{
    /// <summary>Text of the answer.</summary>
    public string? Text { get; init; }

    /// <summary>Text of a step on the way to it.</summary>
    public string? Thinking { get; init; }

    public AnswerEnd? End { get; init; }
}

/// <summary>How an answer ended, in the protocol's words.</summary>
/// <param name="Finish"><c>stop</c> or <c>length</c>.</param>
/// <param name="Usage">What it cost; <see langword="null"/> when the model did not say.</param>
internal sealed record AnswerEnd(string Finish, CompletionUsage? Usage);
