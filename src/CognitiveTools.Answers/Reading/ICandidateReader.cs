namespace CognitiveTools.Answers.Reading;

/// <summary>What <see cref="AnswerSearch"/> asks of a kind of answer.</summary>
internal interface ICandidateReader
{
    /// <summary>The answer in a candidate, or <see langword="null"/> if it gives no answer.</summary>
    string? Read(string candidate, CandidateSource source);

    /// <summary>Whether two answers agree.</summary>
    bool AreSame(string a, string b);

    /// <summary>Whether an answer that ends where this text ends may have gone on.</summary>
    bool MayBeCut(string text);

    /// <summary>The answer of a text that marks none, where it is if that can be said, and whether it touches the end.</summary>
    (string Value, (int Start, int Length)? Span, bool AtEnd)? Unmarked(string text) => null;

    /// <summary>Where in a candidate its answer is, when only a part of it is the answer.</summary>
    (int Start, int Length)? Narrow(string candidate, string answer) => null;
}
