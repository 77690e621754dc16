using System.Text.Json;
using CognitiveTools.Llama.Models;
using CognitiveTools.Llama.Templates.Calls;

namespace CognitiveTools.Llama.Tests.Templates;

/// <summary>How a template writes calls is found by rendering one.</summary>
public sealed class CallSyntaxTests
{
    private const string Head = "{% if tools %}{{ tools|tojson }}{% endif %}{% for m in messages %}<|{{ m.role }}|>";
    private const string Tail = "{{ m.content }}<|end|>{% endfor %}{% if add_generation_prompt %}<|assistant|>{% endif %}";

    public static TheoryData<string, string, string, string> Forms => new()
    {
        {
            "{% for c in m.tool_calls %}<tool_call>\n{{ c.function|tojson }}\n</tool_call>{% endfor %}", // Hermes, Qwen
            "<tool_call>\n{\"name\": \"", "\", \"arguments\": ", "}\n</tool_call>"
        },
        {
            "{% for c in m.tool_calls %}{\"name\": \"{{ c.function.name }}\", \"parameters\": "
            + "{{ c.function.arguments|tojson }}}{% endfor %}", // Llama 3
            "{\"name\": \"", "\", \"parameters\": ", "}"
        },
        {
            "{% if m.tool_calls %}[TOOL_CALLS][{% for c in m.tool_calls %}{{ {'name': c.function.name, 'arguments': c.function.arguments, "
                + "'id': c.id}|tojson }}{% endfor %}]{% endif %}", // Mistral
            "[TOOL_CALLS][{\"name\": \"", "\", \"arguments\": ", ", \"id\": \"\u0001\"}]"
        },
        {
            "{% for c in m.tool_calls %}{% set ns = 1 %} to=functions.{{ c.function.name }}<|channel|>commentary json<|message|>"
                + "{{ c.function.arguments|tojson }}<|call|>{% endfor %}", // gpt-oss
            " to=functions.", "<|channel|>commentary json<|message|>", ""
        },
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public void The_text_around_name_and_arguments_is_found(string calls, string open, string middle, string close)
    {
        var template = Template(Head + calls + Tail);
        Assert.Equal(new CallSyntax(open, middle, close), CallSyntaxFinder.Find(template, ["<|end|>", "<|call|>"]));
    }

    [Theory]
    [InlineData("{{ m.content }}")]
    [InlineData("{% for c in m.tool_calls %}<f={{ c.function.name }}>{% for k, v in c.function.arguments|items %}"
        + "<{{ k }}>{{ v }}{% endfor %}{% endfor %}")]
    public void Arguments_in_another_form_than_JSON_are_not_a_syntax_that_is_known(string calls) =>
        Assert.Null(CallSyntaxFinder.Find(Template(Head + calls + Tail), ["<|end|>"]));

    [Fact]
    public void A_template_that_ignores_tools_has_no_syntax() => Assert.Null(CallSyntaxFinder.Find(
        Template("{% for m in messages %}{{ m.content }}{{ m.tool_calls }}{% endfor %}"), []));

    [Fact]
    public void Real_templates_have_a_syntax_or_are_described_in_the_prompt()
    {
        var folder = RealTemplates.Require();
        var found = RealTemplates.All(folder).DistinctBy(static t => t.Name)
            .Select(static t => (t.Name, Syntax: CallSyntaxFinder.Find(
                Template(t.Template.GetProperty("template").GetString()!), [t.Template.GetProperty("eos").GetString()!, "<|call|>"])))
            .ToArray();
        foreach (var (name, syntax) in found)
            TestContext.Current.SendDiagnosticMessage("{0}: {1}", name, JsonSerializer.Serialize(syntax));
        Assert.True(found.Count(static f => f.Syntax is not null) >= 15);
        Assert.All(found, static f => Assert.False(f.Syntax is { Open: "" }, f.Name));
    }

    private static JinjaChatTemplate Template(string source) =>
        new(source, isOwn: true, new ChatTemplateFacts("test.gguf", "<s>", "</s>", new Dictionary<string, JsonElement>(), null));
}
