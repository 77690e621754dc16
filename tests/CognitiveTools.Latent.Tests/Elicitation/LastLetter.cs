using CognitiveTools.Reasoners;

namespace CognitiveTools.Latent.Tests.Elicitation;

/// <summary>Reads the last letter a, b or c as the answer.</summary>
internal sealed class LastLetter : ILocatingAnswerReader
{
    public string? Read(string text) => Locate(text)?.Answer;

    public AnswerSpan? Locate(string text) => text.LastIndexOfAny(['a', 'b', 'c']) is >= 0 and var at
        ? new(text[at].ToString(), at, 1) : null;
}
