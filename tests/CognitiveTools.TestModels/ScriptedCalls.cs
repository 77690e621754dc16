namespace CognitiveTools.TestModels;

/// <summary>
/// A chat template with tools that, on request, begins the call itself: a model with random weights cannot decide to call, so the
/// template decides when and the grammar decides how. It shows the loop around the calls, not a model's ability.
/// </summary>
public static class ScriptedCalls
{
    private const string Start =
        "{% set ns = namespace(results=0) %}{% if tools %}<tools>{{ tools|tojson }}</tools>\n{% endif %}"
        + "{% for m in messages %}<|im_start|>{{ m.role }}\n{{ m.content }}";

    private const string Call =
        "<tool_call>\n{\"name\": {{ c.function.name|tojson }}, \"arguments\": {{ c.function.arguments|tojson }}}\n</tool_call>{% endfor %}";

    private const string End =
        "<|im_end|>\n{% if m.role == 'tool' %}{% set ns.results = ns.results + 1 %}{% endif %}{% endfor %}"
        + "{% if add_generation_prompt %}<|im_start|>assistant\n"
        + "{% if tools and ns.results < script|default(0) %}<tool_call>\n{% endif %}{% endif %}";

    /// <summary>
    /// Begins a call while fewer results are there than the variable <c>script</c> says. It writes one call in a turn, so that a model of
    /// random weights makes as many as the script wants.
    /// </summary>
    public const string Template = Start + "{% for c in (m.tool_calls or [])[:1] %}" + Call + End;

    /// <summary>The same, with any number of calls in a turn.</summary>
    public const string Several = Start + "{% for c in m.tool_calls or [] %}{{ '\n' if not loop.first }}" + Call + End;
}
