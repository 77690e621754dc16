using System.Text.Json.Serialization;

namespace CognitiveTools.Answers.Scoring;

/// <summary>What became of one sample. Accuracy is correct over all five.</summary>
public enum SampleStatus
{
    /// <summary>The extracted answer equals the reference answer.</summary>
    [JsonStringEnumMemberName("correct")]
    Correct,

    /// <summary>An answer was extracted and is another one.</summary>
    [JsonStringEnumMemberName("incorrect")]
    Incorrect,

    /// <summary>The text ended by itself and gives no answer.</summary>
    [JsonStringEnumMemberName("no_answer")]
    NoAnswer,

    /// <summary>A limit cut the text before it gave an answer.</summary>
    [JsonStringEnumMemberName("truncated")]
    Truncated,

    /// <summary>The model, its transport or the reasoner failed.</summary>
    [JsonStringEnumMemberName("error")]
    Error,
}
