namespace CognitiveTools.Answers.Reading;

/// <summary>Where a candidate stood.</summary>
internal enum CandidateSource
{
    /// <summary>Behind the label of an answer line.</summary>
    Line,

    /// <summary>In a box.</summary>
    Box,

    /// <summary>In a sentence like <c>the answer is N</c>, or on the line below a label.</summary>
    Phrase,
}

/// <summary>What <see cref="AnswerSearch"/> asks of a kind of answer.</summary>
internal interface ICandidateReader
{
    /// <summary>The answer in a candidate, or <see langword="null"/> when it is none.</summary>
    string? Read(string candidate, CandidateSource source);

    /// <summary>Whether two answers agree.</summary>
    bool AreSame(string a, string b);

    /// <summary>Whether an answer that ends where this text ends may have gone on.</summary>
    bool MayBeCut(string text);

    /// <summary>The answer of a text that marks none, where it stands if that can be said, and whether it touches the end.</summary>
    (string Value, (int Start, int Length)? Span, bool AtEnd)? Unmarked(string text);

    /// <summary>Where in a candidate its answer stands, when only a part of it is the answer.</summary>
    (int Start, int Length)? Narrow(string candidate, string answer) => null;
}
