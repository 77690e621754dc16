using CognitiveTools.Llama.Models;
using CognitiveTools.Llama.Templates.Calls;

namespace CognitiveTools.Llama.Tests.Templates;

/// <summary>How a template writes calls is found by rendering some.</summary>
public sealed class CallSyntaxTests
{
    public static TheoryData<string, string, string?, string, string> JsonForms => new()
    {
        {
            "hermes", "<tool_call>\n{\"name\": \"", "}\n</tool_call>\n<tool_call>\n{\"name\": \"", "}\n</tool_call>", "\", \"arguments\": "
        },
        { "llama", "{\"name\": \"", null, "}", "\", \"parameters\": " },
        {
            "mistral", "[TOOL_CALLS][{\"name\": \"", ", \"id\": \"\u0001\"}, {\"name\": \"", ", \"id\": \"\u0001\"}]", "\", \"arguments\": "
        },
        { "gpt-oss", "to=functions.", null, "", "<|channel|>commentary json<|message|>" },
        { "apertus", "<|tools_prefix|>[{\"", "}, {\"", "}]<|tools_suffix|>", "\": " },
        {
            "solar", "<|tool_calls|><|tool_call:begin|>\u0001<|tool_call:name|>",
            "<|tool_call:end|><|tool_call:begin|>\u0001<|tool_call:name|>", "<|tool_call:end|><|calls|>", "<|tool_call:args|>"
        },
    };

    public static TheoryData<string, string, string, string, string> PairForms => new()
    {
        { "qwen-coder", "<tool_call>\n<function=", ">\n<parameter=", ">\n", "\n</parameter>" },
        { "glm", "<tool_call>", "\n<arg_key>", "</arg_key>\n<arg_value>", "</arg_value>" },
        { "glm-dense", "<tool_call>", "<arg_key>", "</arg_key><arg_value>", "</arg_value>" },
        { "minimax", "<minimax:tool_call>\n<invoke name=\"", "\">\n<parameter name=\"", "\">", "</parameter>" },
        { "deepseek", "<D|tool_calls>\n<D|invoke name=\"", "\">\n<D|parameter name=\"", "\" string=\"true\">", "</D|parameter>" },
        {
            "kimi", "<|open|>tools<|sep|><|open|>call tool=\"", "\" index=\"\u0003\"<|sep|><|open|>argument key=\"",
            "\" type=\"string\"<|sep|>",
            "<|close|>argument<|sep|>"
        },
        { "gemma", "<|tool_call>call:", "{", ":<|\"|>", "<|\"|>" },
        { "minicpm", "<function name=\"", "\"><param name=\"", "\">", "</param>" },
        { "named-tags", "<calls>\n<invoke name=\"", "\"><", ">", "</\u0004>" },
    };

    [Theory]
    [MemberData(nameof(JsonForms))]
    public void The_text_around_names_and_JSON_arguments_is_found(string family, string open, string? join, string close, string middle)
    {
        var syntax = Found(family).Syntax;
        Assert.Equal((open, join, close), (syntax.Open, syntax.Join, syntax.Close));
        Assert.Equal(middle, Assert.IsType<JsonArguments>(syntax.Arguments).Middle);
    }

    [Theory]
    [MemberData(nameof(PairForms))]
    public void The_text_around_each_argument_is_found(string family, string open, string middle, string before, string after)
    {
        var syntax = Found(family).Syntax;
        var pairs = Assert.IsType<PairArguments>(syntax.Arguments);
        Assert.Equal((open, middle), (syntax.Open, pairs.Middle));
        Assert.Equal((before, after), (pairs.Of(ValueKinds.Text)!.Before, pairs.Of(ValueKinds.Text)!.After));
        Assert.NotNull(syntax.Join);
        Assert.Equal(family == "gemma", pairs.IsSorted);
        Assert.Equal(family == "gemma" ? "<|\"|>" : "", pairs.Quote);
        Assert.Equal(family == "minicpm", pairs.Of(ValueKinds.MarkedText) is not null);
    }

    [Theory]
    [InlineData("{{ m.content }}", "leaves calls out")]
    [InlineData("{% for c in m.tool_calls or [] %}<call f={{ c.function.name }}>{% for k, v in c.function.arguments|items %}"
        + "<{{ k }}>{{ v }}{% endfor %}{% endfor %}", "known here")] // nothing ends a text
    [InlineData("{% for c in m.tool_calls or [] %} to={{ c.function.name }}({{ c.function.arguments|tojson }}){% endfor %}",
        "cannot hold, too")]
    [InlineData("{% for c in m.tool_calls or [] %}<call f={{ c.function.name }}>{% for k, v in c.function.arguments|items %}"
        + "<{{ k }}>{{ v|trim|upper }}</{{ k }}>{% endfor %}</call>{% endfor %}", "known here")] // texts are changed
    [InlineData("{% if m.tool_calls %}{{ raise_exception('no calls here') }}{% endif %}", "refuses")]
    [InlineData("{% if m.role == 'tool' %}{{ raise_exception('no results here') }}{% endif %}{% for c in m.tool_calls or [] %}"
        + "<tool_call>\n{{ c.function|tojson }}\n</tool_call>{% endfor %}", "no results here")]
    public void Without_a_form_that_is_known_the_functions_are_described_and_the_reason_is_said(string calls, string reason)
    {
        var form = CallSyntaxFinder.Find(CallTemplates.Parse(CallTemplates.Of(calls)), CallTemplates.Ends);
        Assert.Contains(reason, form.Problem, StringComparison.Ordinal);
        Assert.Equal((CallSyntax.Generic, false), (form.Syntax, form.KeepsCalls));
    }

    [Fact]
    public void A_template_that_writes_calls_but_no_functions_keeps_its_form()
    {
        var source = CallTemplates.Of(CallTemplates.Forms["hermes"]).Replace("{% if tools %}{{ tools|tojson }}{% endif %}", "",
            StringComparison.Ordinal);
        var form = CallSyntaxFinder.Find(CallTemplates.Parse(source), CallTemplates.Ends);
        Assert.Equal(("<tool_call>\n{\"name\": \"", true, true), (form.Syntax.Open, form.KeepsCalls, form.IsDescribed));
    }

    [Fact]
    public void A_template_that_knows_neither_functions_nor_calls_gets_a_form_of_our_own()
    {
        var form = CallSyntaxFinder.Find(CallTemplates.Parse("{% for m in messages %}{{ m.content }}{% endfor %}"), []);
        Assert.Equal(CallSyntax.Generic, form.Syntax);
        Assert.Contains("knows no tools", form.Problem, StringComparison.Ordinal);
    }

    private static CallForm Found(string family)
    {
        var form = CallSyntaxFinder.Find(CallTemplates.Parse(CallTemplates.Of(CallTemplates.Forms[family])), CallTemplates.Ends);
        Assert.Null(form.Problem);
        return form;
    }
}
