namespace CognitiveTools.Answers.Reading;

/// <summary>Where a candidate was found.</summary>
internal enum CandidateSource
{
    /// <summary>Behind the label of an answer line.</summary>
    Line,

    /// <summary>In a box.</summary>
    Box,

    /// <summary>In a sentence like <c>the answer is N</c>, or on the line below a label.</summary>
    Phrase,
}
