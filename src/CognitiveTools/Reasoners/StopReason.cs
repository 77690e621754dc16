using System.Text.Json.Serialization;

namespace CognitiveTools.Reasoners;

/// <summary>Why a solve ended. As JSON it is its name.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<StopReason>))]
public enum StopReason
{
    /// <summary>The model gave its final answer or ended its text.</summary>
    Completed,

    /// <summary>A budget was hit, or the model stopped without an answer line, and the forced-answer turn produced the text.</summary>
    Forced,

    /// <summary>A token limit cut the text.</summary>
    TokenLimit,

    /// <summary>The context was full.</summary>
    ContextFull,

    /// <summary>The wall-time budget ran out.</summary>
    TimedOut,

    /// <summary>The model or its transport failed; see <see cref="Reasoning.Error"/>.</summary>
    Failed,
}
