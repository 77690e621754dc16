using System.Text.Json;
using CognitiveTools.Llama.Templates;
using CognitiveTools.Llama.Templates.Conversations;

namespace CognitiveTools.Llama.Tests.Templates;

/// <summary>Which variables of a template can be set from outside: those that it reads, in whatever way, and no others.</summary>
public sealed class TemplateInputTests
{
    [Theory]
    [InlineData("{{ a }}{% if b %}{{ c.d }}{% endif %}", "a b c")]
    [InlineData("{{ messages }}{{ tools }}{{ documents }}{{ add_generation_prompt }}{{ bos_token }}{{ eos_token }}", "")]
    [InlineData("{% set a = 1 %}{{ a }}", "")]
    [InlineData("{% set a = a %}{{ a }}", "a")]
    [InlineData("{% set a = a | default(1) %}", "a")]
    [InlineData("{% set a = 1 %}{% if a is none %}{% endif %}", "")]
    [InlineData("{{ a }}{% set a = 1 %}", "a")]
    [InlineData("{% if not a %}{% set a = 1 %}{% endif %}{{ a }}", "a")]
    [InlineData("{% if b %}{% set a = 1 %}{% endif %}{% if a is not defined %}{% set a = 2 %}{% endif %}", "a b")]
    [InlineData("{% for a in messages %}{{ a }}{{ loop.index }}{{ a is defined }}{% endfor %}", "")]
    [InlineData("{% for a, b in c if a %}{{ b }}{% else %}{{ b }}{% endfor %}{{ a }}", "a b c")]
    [InlineData("{% macro m(a, b=d) %}{{ a }}{{ a is none }}{{ c }}{{ kwargs }}{{ varargs }}{{ caller() }}{% endmacro %}{{ m(1) }}", "c d")]
    [InlineData("{% macro m(a) %}{{ a }}{% endmacro %}{{ m(a) }}", "a")]
    [InlineData("{% macro m(a, b=a) %}{{ b }}{% endmacro %}{{ m() }}", "")]
    [InlineData("{% macro m() %}{{ a }}{{ n() }}{% endmacro %}{% macro n() %}{% endmacro %}{% set a = 1 %}{{ m() }}", "")]
    [InlineData("{{ kwargs.enable_thinking }}{{ chat_template_kwargs['x'] }}", "chat_template_kwargs kwargs")]
    [InlineData("{% with a = b %}{{ a }}{% endwith %}", "b")]
    [InlineData("{% set a %}{{ b }}{% endset %}{{ a }}", "b")]
    [InlineData("{% set ns = namespace(x=a) %}{% set ns.x = b %}{{ ns.x }}", "a b")]
    [InlineData("{% call(a) messages.m(b) %}{{ a }}{{ c }}{% endcall %}", "b c")]
    [InlineData("{% if strftime_now is defined %}{{ strftime_now('%Y') }}{{ range(3) }}{% endif %}", "")]
    public void The_variables_that_a_template_reads_are_found(string source, string variables) =>
        Assert.Equal(variables, string.Join(' ', ChatVariables.Known(JinjaTemplate.Parse(source))));

    [Theory]
    [InlineData("enable_thinkin", "T has no variable 'enable_thinkin'. Did you mean 'enable_thinking'? It reads enable_thinking, style.")]
    [InlineData("own", "T has no variable 'own'. It reads enable_thinking, style.")]
    [InlineData("item", "T has no variable 'item'.")]
    [InlineData("messages", "'messages' is a part of the conversation and cannot be set.")]
    [InlineData("a-b", "'a-b' is not the name of a variable.")]
    public void A_variable_that_it_does_not_read_is_refused_with_those_that_it_does(string name, string expected)
    {
        var template = JinjaTemplate.Parse(
            "{% set own = 1 %}{% for item in messages %}{{ item }}{% if enable_thinking %}{{ own }}{% endif %}{% endfor %}{{ style }}");
        var settings = new PromptSettings
        {
            Variables = new Dictionary<string, JsonElement>(StringComparer.Ordinal) { [name] = ChatVariables.Parse("1") },
        };

        var error = Assert.ThrowsAny<Exception>(() => ChatVariables.Of(template, "T", settings));

        Assert.True(error is NotSupportedException or ArgumentException);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }
}
