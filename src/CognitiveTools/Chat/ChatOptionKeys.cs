namespace CognitiveTools.Chat;

/// <summary>
/// Keys of <c>ChatOptions.AdditionalProperties</c> that our local clients understand. A client
/// ignores keys that it does not know; it throws when it knows a key but cannot honour it.
/// </summary>
public static class ChatOptionKeys
{
    /// <summary>A GBNF grammar (string) that the whole text, or the text from the trigger on, must follow.</summary>
    public const string Grammar = "cognitive_tools.grammar";

    /// <summary>Literal text (string) at which <see cref="Grammar"/> becomes active, including the text itself.</summary>
    public const string GrammarTrigger = "cognitive_tools.grammar_trigger";

    /// <summary>
    /// Thought tokens (int, from 0) after which the client ends the model's thought, so that the answer follows (budget forcing,
    /// arXiv 2501.19393). Refused for a model without a format of thoughts.
    /// </summary>
    public const string ThoughtTokens = "cognitive_tools.thought_tokens";

    /// <summary>
    /// How often (int) the client writes "Wait" in the place of the mark with which the model would end its thought. Refused for a model
    /// without a format of thoughts.
    /// </summary>
    public const string ThoughtWaits = "cognitive_tools.thought_waits";

    /// <summary>Limit of the visible tokens (int), apart from <c>MaxOutputTokens</c>, which counts thoughts too.</summary>
    public const string AnswerTokens = "cognitive_tools.answer_tokens";

    /// <summary>Limit of the thought tokens (int, from 0): a thought that is longer is cut, and no answer follows.</summary>
    internal const string MostThoughtTokens = "cognitive_tools.most_thought_tokens";

    /// <summary>Smallest share of the top token's probability that a token must have to be sampled (float, 0 to 1).</summary>
    public const string MinP = "cognitive_tools.min_p";

    /// <summary>
    /// Further variables of the model's chat template (an <c>IReadOnlyDictionary&lt;string, object?&gt;</c> or a JSON object). A local
    /// client gives them to the template, a remote one sends them as the field of this name.
    /// </summary>
    public const string TemplateVariables = "chat_template_kwargs";

    /// <summary>
    /// Whether the request's temperature is the default of a tool or reasoner (bool). A client whose server refuses
    /// temperatures then leaves it out, with a note in <see cref="Notes"/>, and does not fail.
    /// </summary>
    internal const string TemperatureIsDefault = "cognitive_tools.temperature_is_default";

    /// <summary>Remarks of a client on how it made a response (a list of strings), in the response's <c>AdditionalProperties</c>.</summary>
    internal const string Notes = "cognitive_tools.notes";

    /// <summary>
    /// Set to <see langword="true"/> in a response's <c>AdditionalProperties</c> when the context
    /// was full before the model ended its text; the finish reason is then <c>length</c>.
    /// </summary>
    public const string ContextFull = "cognitive_tools.context_full";
}
