using System.Text.Json;
using CognitiveTools.Llama.Models;
using CognitiveTools.Llama.Templates.Calls;
using CognitiveTools.Llama.Templates.Conversations;

namespace CognitiveTools.Llama.Tests.Templates;

/// <summary>Small chat templates of our own, each with the form of calls of a family of models.</summary>
internal static class CallTemplates
{
    private const string Head = "{% if tools %}{{ tools|tojson }}{% endif %}{% for m in messages %}<|{{ m.role }}|>{{ m.content }}";

    private const string Tail = "<|end|>{% endfor %}{% if add_generation_prompt %}<|assistant|>{% endif %}";

    private const string Each = "{% for c in m.tool_calls or [] %}";

    private const string Arguments = "{% for k, v in c.function.arguments|items %}";

    private const string Json = "{{ v if v is string else v|tojson }}";

    /// <summary>Ends of turns of these templates.</summary>
    public static string[] Ends { get; } = ["<|end|>", "<|call|>"];

    /// <summary>The part of each family's template that writes calls, by the family's name.</summary>
    public static IReadOnlyDictionary<string, string> Forms { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["hermes"] = Each + "{{ '\\n' if not loop.first }}<tool_call>\n{{ c.function|tojson }}\n</tool_call>{% endfor %}",
        ["llama"] = Each + "{% if not loop.first %}{{ raise_exception('one call only') }}{% endif %}"
            + "{\"name\": \"{{ c.function.name }}\", \"parameters\": {{ c.function.arguments|tojson }}}{% endfor %}",
        ["mistral"] = "{% if m.tool_calls %}[TOOL_CALLS][{% for c in m.tool_calls %}{{ {'name': c.function.name, 'arguments': "
            + "c.function.arguments, 'id': c.id}|tojson }}{{ ', ' if not loop.last }}{% endfor %}]{% endif %}",
        ["gpt-oss"] = "{% for c in (m.tool_calls or [])[:1] %} to=functions.{{ c.function.name }}<|channel|>commentary json<|message|>"
            + "{{ c.function.arguments|tojson }}<|call|>{% endfor %}",
        ["apertus"] = "{% if m.tool_calls %}<|tools_prefix|>[" + Each + "{\"{{ c.function.name }}\": {{ c.function.arguments|tojson }}}"
            + "{{ ', ' if not loop.last }}{% endfor %}]<|tools_suffix|>{% endif %}",
        ["solar"] = "{% if m.tool_calls %}<|tool_calls|>" + Each + "<|tool_call:begin|>{{ c.id }}<|tool_call:name|>{{ c.function.name }}"
            + "<|tool_call:args|>{{ c.function.arguments|tojson }}<|tool_call:end|>{% endfor %}<|calls|>{% endif %}",
        ["qwen-coder"] = Each + "{{ '\\n' }}<tool_call>\n<function={{ c.function.name }}>\n" + Arguments + "<parameter={{ k }}>\n"
            + "{{ v|tojson if v is mapping or (v is sequence and v is not string) else v|string }}\n</parameter>\n{% endfor %}"
            + "</function>\n</tool_call>{% endfor %}",
        ["glm"] = Each + "{{ '\\n' }}<tool_call>{{ c.function.name }}\n" + Arguments + "<arg_key>{{ k }}</arg_key>\n<arg_value>" + Json
            + "</arg_value>\n{% endfor %}</tool_call>{% endfor %}",
        ["glm-dense"] = Each + "<tool_call>{{ c.function.name }}" + Arguments + "<arg_key>{{ k }}</arg_key><arg_value>" + Json
            + "</arg_value>{% endfor %}</tool_call>{% endfor %}",
        ["minimax"] = "{% if m.tool_calls %}{{ '\\n' }}<minimax:tool_call>\n" + Each
            + "<invoke name=\"{{ c.function.name }}\">\n" + Arguments + "<parameter name=\"{{ k }}\">" + Json
            + "</parameter>\n{% endfor %}</invoke>\n{% endfor %}</minimax:tool_call>{% endif %}",
        ["deepseek"] = "{% if m.tool_calls %}{{ '\\n\\n' }}<D|tool_calls>\n" + Each
            + "<D|invoke name=\"{{ c.function.name }}\">\n" + Arguments
            + "<D|parameter name=\"{{ k }}\" string=\"{{ 'true' if v is string else 'false' }}\">" + Json + "</D|parameter>"
            + "{{ '\\n' if not loop.last }}{% endfor %}\n</D|invoke>\n{% endfor %}</D|tool_calls>{% endif %}",
        ["kimi"] = "{% if m.tool_calls %}<|open|>tools<|sep|>" + Each + "<|open|>call tool=\"{{ c.function.name }}\" "
            + "index=\"{{ loop.index }}\"<|sep|>" + Arguments + "<|open|>argument key=\"{{ k }}\" type=\"{{ 'string' if v is string else "
            + "'boolean' if v is boolean else 'number' if v is number else 'object' if v is mapping else 'null' if v is none "
            + "else 'array' }}\""
            + "<|sep|>" + Json + "<|close|>argument<|sep|>{% endfor %}<|close|>call<|sep|>{% endfor %}<|close|>tools<|sep|>{% endif %}",
        ["gemma"] = "{% macro w(v) %}{% if v is string %}<|\"|>{{ v }}<|\"|>{% elif v is boolean %}{{ 'true' if v else 'false' }}"
            + "{% elif v is mapping %}{{ '{' }}{% for a, b in v|dictsort %}{{ ',' if not loop.first }}{{ a }}:{{ w(b) }}{% endfor %}"
            + "{{ '}' }}"
            + "{% elif v is sequence %}[{% for b in v %}{{ ',' if not loop.first }}{{ w(b) }}{% endfor %}]{% else %}{{ v }}{% endif %}"
            + "{% endmacro %}" + Each + "<|tool_call>call:{{ c.function.name }}{{ '{' }}{% for k, v in c.function.arguments|dictsort %}"
            + "{{ ',' if not loop.first }}{{ k }}:{{ w(v) }}{% endfor %}{{ '}' }}<tool_call|>{% endfor %}",
        ["minicpm"] = Each + "{{ '\\n' if not loop.first }}<function name=\"{{ c.function.name }}\">" + Arguments
            + "<param name=\"{{ k }}\">{% if v is string and ('<' in v or '&' in v or '\\n' in v) %}<![CDATA[{{ v }}]]>{% else %}{{ v }}"
            + "{% endif %}</param>{% endfor %}</function>{% endfor %}",
        ["named-tags"] = "{% if m.tool_calls %}<calls>\n" + Each + "<invoke name=\"{{ c.function.name }}\">" + Arguments
            + "<{{ k }}>" + Json + "</{{ k }}>{% endfor %}</invoke>\n{% endfor %}</calls>{% endif %}",
    };

    /// <summary>The template with a form of calls.</summary>
    public static string Of(string calls) => Head + calls + Tail;

    /// <summary>A template from its source.</summary>
    public static JinjaChatTemplate Parse(string source, string end = "</s>") =>
        new(source, isOwn: true, new ChatTemplateFacts("test.gguf", "<s>", end, new Dictionary<string, JsonElement>(), null));

    /// <summary>Renders turns with calls of some functions.</summary>
    public static CallSamples Samples(
        ChatTemplate template, IReadOnlyList<DeclaredFunction> functions, IReadOnlyList<string> ends) => new(
            messages => string.Concat(template.Render([.. messages], new() { Functions = functions }).Select(static span => span.Text)),
            ends);
}
