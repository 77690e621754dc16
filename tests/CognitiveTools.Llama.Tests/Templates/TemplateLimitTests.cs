using System.Numerics;
using CognitiveTools.Llama.Templates;
using CognitiveTools.Llama.Templates.Values;

namespace CognitiveTools.Llama.Tests.Templates;

/// <summary>Templates that would never end, or fill the memory or the stack, are errors that say so.</summary>
public sealed class TemplateLimitTests
{
    public static TheoryData<string> Hostile =>
    [
        "{% for a in range(99999) %}{% for b in range(99999) %}{% for c in range(99999) %}{% endfor %}{% endfor %}{% endfor %}",
        "{% set ns = namespace(s='x') %}{% for i in range(99999) %}{% set ns.s = ns.s ~ ns.s %}{% endfor %}",
        "{% set ns = namespace(l=[1]) %}{% for i in range(99999) %}{% set ns.l = ns.l + ns.l %}{% endfor %}",
        "{{ 'x' * 10 ** 12 }}",
        "{{ [1] * 10 ** 12 }}",
        "{{ 2 ** 99999 }}",
        "{% set ns = namespace(n=9) %}{% for i in range(99999) %}{% set ns.n = ns.n * ns.n %}{% endfor %}",
        "{{ range(10 ** 9) }}",
        "{{ '%999999999d' % 1 }}",
        "{{ '{:999999999}'.format(1) }}",
        "{{ 'a'.ljust(10 ** 9) }}{{ 'a'|center(10 ** 9) }}",
        "{{ ('a' * 10000000).replace('a', 'b' * 10000) }}",
        "{{ ('a' * 5000000).replace('', 'b' * 1000) }}",
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        "{% macro m() %}{{ caller() }}{% endmacro %}{% macro n() %}{% call m() %}{{ n() }}{% endcall %}{% endmacro %}{{ n() }}",
        "{% for i in [[1]] recursive %}{{ loop([[1]]) }}{% endfor %}",
        "{% set ns = namespace(l=[]) %}{% for i in range(99999) %}{% set ns.l = [ns.l] %}{% endfor %}{{ ns.l }}",
        "{% set ns = namespace(l=[]) %}{% for i in range(99999) %}{% set ns.l = [ns.l] %}{% endfor %}{{ ns.l|tojson }}",
        "{% set a = namespace(l=[]) %}{% for i in range(99999) %}{% set a.l = [a.l] %}{% endfor %}"
            + "{% set b = namespace(l=[]) %}{% for i in range(99999) %}{% set b.l = [b.l] %}{% endfor %}{{ a.l == b.l }}",
        "{% set s = 'ab' * 10000000 %}{% for i in range(99999) %}{{ 'zz' in s }}{% endfor %}",
        "{% set s = 'ab' * 10000000 %}{% for i in range(99999) %}{% if s == s ~ '' %}{% endif %}{% endfor %}",
    ];

    [Theory]
    [MemberData(nameof(Hostile))]
    public void A_hostile_template_is_an_error(string source) =>
        Assert.Throws<TemplateException>(() => JinjaTemplate.Parse(source).Render([], default));

    [Theory]
    [InlineData("(", ")")]
    [InlineData("[", "]")]
    [InlineData("not ", "")]
    [InlineData("-", "")]
    [InlineData("{1:", "}")]
    [InlineData("1 if ", " else 1")]
    public void Brackets_and_signs_within_each_other_are_an_error(string open, string close)
    {
        var source = "{{ " + string.Concat(Enumerable.Repeat(open, 50_000)) + "1" + string.Concat(Enumerable.Repeat(close, 50_000)) + " }}";
        Assert.Throws<TemplateException>(() => JinjaTemplate.Parse(source).Render([], default));
    }

    [Theory]
    [InlineData(" + 1")]
    [InlineData(" * 1")]
    [InlineData(" and 1")]
    [InlineData("|abs")]
    [InlineData(" if 1")]
    [InlineData(" == 1")]
    [InlineData(" ~ 1")]
    public void A_long_chain_of_operators_ends(string more)
    {
        var source = "{{ 1" + string.Concat(Enumerable.Repeat(more, 200_000)) + " }}";
        try
        {
            Assert.NotNull(JinjaTemplate.Parse(source).Render([], default));
        }
        catch (TemplateException e)
        {
            Assert.Contains("deep", e.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Blocks_within_each_other_are_an_error()
    {
        var source = string.Concat(Enumerable.Repeat("{% if true %}", 50_000)) + string.Concat(Enumerable.Repeat("{% endif %}", 50_000));
        Assert.Throws<TemplateException>(() => JinjaTemplate.Parse(source));
    }

    [Fact]
    public void A_long_conversation_is_within_the_limits()
    {
        var template = JinjaTemplate.Parse("{% for m in messages %}<{{ m.role }}>{{ m.content|trim }}{% endfor %}");
        var messages = TemplateSequence.List([.. Enumerable.Range(0, 20_000).Select(static i => new TemplateMap()
            .Set("role", TemplateText.Own("user")).Set("content", TemplateText.Content(new string('a', 500))))]);

        var text = template.Render([new("messages", messages), new("n", BigInteger.One)], default);

        Assert.Equal(20_000 * 506, text.Value.Length);
    }

    [Fact]
    public async Task One_template_renders_on_many_threads()
    {
        var template = JinjaTemplate.Parse(
            "{% set ns = namespace(n=0) %}{% macro m(x) %}[{{ x }}]{% endmacro %}"
            + "{% for i in range(k) %}{% set ns.n = ns.n + i %}{{ m(loop.index) }}{% endfor %}{{ ns.n }}");
        string Text(int k) => template.Render([new("k", new BigInteger(k))], default).Value;
        var alone = Enumerable.Range(0, 64).Select(Text).ToArray();

        var together = await Task.WhenAll(Enumerable.Range(0, 64).Select(k => Task.Run(() => Text(k))));

        Assert.Equal(alone, together);
    }
}
