using CognitiveTools.Reasoners;

namespace CognitiveTools.Loop;

/// <summary>Options of a tool loop.</summary>
internal sealed record ToolLoopOptions
{
    /// <summary>The format in which the prompt asks for calls.</summary>
    /// <value>The default is <see cref="CallStyle.Json"/>.</value>
    public CallStyle Style { get; init; } = CallStyle.Json;

    /// <summary>Who supplies the question to the tools.</summary>
    /// <value>The default is <see cref="QuestionBinding.Host"/>.</value>
    public QuestionBinding Binding { get; init; } = QuestionBinding.Host;

    /// <summary>Whether tools are isolated calls; the other modes are ablations.</summary>
    /// <value>The default is <see cref="ToolIsolation.On"/>.</value>
    public ToolIsolation Isolation { get; init; } = ToolIsolation.On;

    /// <summary>The limit of tool calls in total; <see langword="null"/> to apply only the budget's.</summary>
    public int? ToolCalls { get; init; }

    /// <summary>Sampling of turns and calls, besides the solve's temperature.</summary>
    public SamplingSettings Sampling { get; init; } = SamplingSettings.None;

    /// <summary>How the model thinks, in the loop's turns and in its tool calls.</summary>
    public ThoughtSettings Thinking { get; init; } = ThoughtSettings.None;

    /// <summary>Calls that may be refused (unreadable, unknown tool, missing argument, repeated) before the answer is forced.</summary>
    /// <value>The default is 3 calls.</value>
    public int RefusedCalls { get; init; } = 3;

    /// <summary>The limit of tokens of the forced-answer turn, in addition to the limit of each turn.</summary>
    /// <value>The default is 512 tokens.</value>
    public int ForcedAnswerTokens { get; init; } = 512;
}
