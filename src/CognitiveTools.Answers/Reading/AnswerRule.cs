using System.Text.Json.Serialization;

namespace CognitiveTools.Answers.Reading;

/// <summary>Where in a text the answer was found, in order of priority.</summary>
public enum AnswerRule
{
    /// <summary>Nowhere.</summary>
    [JsonStringEnumMemberName("none")]
    None,

    /// <summary>A line that begins with <c>ANSWER:</c>, <c>Final answer:</c> or the like.</summary>
    [JsonStringEnumMemberName("answer_line")]
    AnswerLine,

    /// <summary>The last <c>\boxed{...}</c> or <c>\fbox{...}</c>.</summary>
    [JsonStringEnumMemberName("boxed")]
    Boxed,

    /// <summary>A phrase like <c>the answer is N</c>.</summary>
    [JsonStringEnumMemberName("answer_is")]
    AnswerIs,

    /// <summary>The last number of the text; used only when lenient reading was asked for.</summary>
    [JsonStringEnumMemberName("last_number")]
    LastNumber,
}
