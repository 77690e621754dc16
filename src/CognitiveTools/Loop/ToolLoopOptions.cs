namespace CognitiveTools.Loop;

/// <summary>How a tool loop speaks with its model.</summary>
public sealed record ToolLoopOptions
{
    /// <summary>How the model is asked to write calls.</summary>
    /// <value>The default is <see cref="CallStyle.Json"/>.</value>
    public CallStyle Style { get; init; } = CallStyle.Json;

    /// <summary>Who supplies the question to the tools.</summary>
    /// <value>The default is <see cref="QuestionBinding.Host"/>.</value>
    public QuestionBinding Binding { get; init; } = QuestionBinding.Host;

    /// <summary>Whether tools are isolated calls; the other modes are ablations.</summary>
    /// <value>The default is <see cref="ToolIsolation.On"/>.</value>
    public ToolIsolation Isolation { get; init; } = ToolIsolation.On;

    /// <summary>Tool calls in total, if fewer than the budget's; <see langword="null"/> for the budget's.</summary>
    public int? ToolCalls { get; init; }

    /// <summary>Calls that may be refused (unreadable, unknown tool, missing argument, repeated) before an answer is forced.</summary>
    /// <value>The default is 3 calls.</value>
    public int RefusedCalls { get; init; } = 3;

    /// <summary>Tokens the forced-answer turn may generate, if fewer than a turn's.</summary>
    /// <value>The default is 512 tokens.</value>
    public int ForcedAnswerTokens { get; init; } = 512;
}
