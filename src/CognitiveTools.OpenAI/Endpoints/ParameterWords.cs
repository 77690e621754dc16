namespace CognitiveTools.OpenAI.Endpoints;

/// <summary>How a user asks for a parameter, for messages about one that the server refuses.</summary>
internal static class ParameterWords
{
    /// <summary>What to change so that the parameter is not sent.</summary>
    public static string RemedyOf(string parameter, OpenAICompatibleOptions options) => parameter switch
    {
        "temperature" => "Leave it out: --temperature none, temperature: none in a suite, temperature=none as a setting of the reasoner.",
        "top_p" => "Leave the reasoner's setting topp out.",
        "top_k" => "Leave the reasoner's setting topk out.",
        "min_p" => "Leave the reasoner's setting minp out.",
        "presence_penalty" => "Leave the reasoner's setting presence out.",
        "frequency_penalty" => "Leave ChatOptions.FrequencyPenalty out.",
        "response_format" => "Leave ChatOptions.ResponseFormat out.",
        "reasoning_effort" or "reasoning" or "chat_template_kwargs" =>
            "The model cannot be told how much to think in this way. Leave the setting think out, or choose the field "
                + $"that carries it with {options.NameOf(nameof(options.ThinkingField))}.",
        "tools" or "tool_choice" =>
            $"Set {options.NameOf(nameof(options.FunctionCalls))} to false for calls written in the text (style=json).",
        "max_tokens" or "max_completion_tokens" => "Lower the limit of tokens: --max-tokens, tokensPerTurn in a suite.",
        _ => "",
    };
}
