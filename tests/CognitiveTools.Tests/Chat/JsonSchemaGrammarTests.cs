using System.Text.Json;
using CognitiveTools.Chat;

namespace CognitiveTools.Tests.Chat;

/// <summary>
/// Which schemas are refused, and how much of a grammar one may ask for; what grammars let through is tested with the engine.
/// </summary>
public sealed class JsonSchemaGrammarTests
{
    [Theory]
    [InlineData("""{"type":"string","pattern":"a+"}""", "# uses pattern")]
    [InlineData("""{"type":"object","properties":{},"required":["a"]}""", "requires 'a'")]
    [InlineData("""{"type":"text"}""", "unknown type \"text\"")]
    [InlineData("""{"type":[]}""", "#/type is not a list of at least one")]
    [InlineData("""{"type":"string","maxLength":5000}""", "#/maxLength is out of range")]
    [InlineData("""{"type":"string","maxLength":-1}""", "#/maxLength is out of range")]
    [InlineData("""{"type":"string","minLength":3,"maxLength":2}""", "maxLength below minLength")]
    [InlineData("""{"type":"array","items":{"allOf":[]}}""", "#/items uses allOf")]
    [InlineData("""{"allOf":[{"type":"object"},{"type":"object"}]}""", "uses allOf")]
    [InlineData("""{"oneOf":[{"type":"string"},{"type":"null"}]}""", "uses oneOf")]
    [InlineData("""{"type":"array","prefixItems":[{"type":"string"}]}""", "uses prefixItems")]
    [InlineData("""{"type":"array","uniqueItems":true}""", "uses uniqueItems")]
    [InlineData("""{"type":"array","contains":{}}""", "uses contains")]
    [InlineData("""{"type":"object","patternProperties":{"a":{"type":"string"}}}""", "uses patternProperties")]
    [InlineData("""{"type":"object","minProperties":1}""", "uses minProperties")]
    [InlineData("""{"type":"number","minimum":1}""", "uses minimum")]
    [InlineData("""{"type":"integer","multipleOf":2}""", "uses multipleOf")]
    [InlineData("""{"type":"integer","minimum":5,"maximum":4}""", "leaves no whole number")]
    [InlineData("""{"type":"integer","minimum":"5"}""", "#/minimum is not a number")]
    [InlineData("""{"type":"array","maxItems":2.5}""", "#/maxItems is out of range")]
    [InlineData("""{"type":"string","format":"email"}""", "uses format")]
    [InlineData("""{"not":{}}""", "uses not")]
    [InlineData("""{"$ref":"#"}""", "refers only to itself")]
    [InlineData("""{"$ref":"#/$defs/a","$defs":{"a":{"anyOf":[{"$ref":"#/$defs/a"},{"type":"null"}]}}}""", "refers only to itself")]
    [InlineData("""{"$ref":"#/$defs","$defs":{"a":{"type":"null"}}}""", "#/$defs uses a")]
    [InlineData("""{"$ref":"https://example.com/schema"}""", "is not there")]
    [InlineData("""{"$ref":"#/$defs/missing"}""", "'#/$defs/missing'")]
    [InlineData("""{"type":"string","enum":["a",1]}""", "the value 1")]
    [InlineData("""{"anyOf":[]}""", "#/anyOf")]
    [InlineData("""{"anyOf":[{"type":"null"}],"type":"object"}""", "uses type")]
    [InlineData("false", "is not a schema that allows something")]
    [InlineData("[]", "is not a schema that allows something")]
    public void What_cannot_be_kept_is_refused_with_its_place(string schema, string reason)
    {
        var refused = Assert.Throws<NotSupportedException>(() => Of(schema));

        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Alternatives_that_double_with_each_level_are_one_where_they_are_equal()
    {
        var schema = Bomb(60,
            next => """{"anyOf":[{"$ref":"NEXT"},{"title":"the same","$ref":"NEXT"}]}""".Replace("NEXT", next, StringComparison.Ordinal));

        Assert.StartsWith("root ::= null\n", Of(schema), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        """{"anyOf":[{"type":"array","items":{"$ref":"NEXT"},"maxItems":5},{"type":"array","items":{"$ref":"NEXT"},"maxItems":6}]}""")]
    [InlineData(
        """{"anyOf":[{"type":"object","properties":{"a":{"$ref":"NEXT"}}},{"type":"object","properties":{"a":{"$ref":"NEXT"}}"""
            + ""","required":["a"]}]}""")]
    [InlineData(
        """{"type":"array","items":{"anyOf":[{"type":"array","items":{"$ref":"NEXT"}},{"type":"array","items":{"anyOf":["""
            + """{"$ref":"NEXT"},{"type":"string"}]}}]}}""")]
    [InlineData(
        """{"type":"object","additionalProperties":{"anyOf":[{"type":"object","additionalProperties":{"$ref":"NEXT"}},"""
            + """{"type":"object","properties":{"b":{"$ref":"NEXT"}}}]}}""")]
    public void Alternatives_that_double_with_each_level_are_refused_where_they_differ(string level)
    {
        var refused = Assert.Throws<NotSupportedException>(
            () => Of(Bomb(40, next => level.Replace("NEXT", next, StringComparison.Ordinal))));

        Assert.Contains("in more than 1000 ways at once", refused.Message, StringComparison.Ordinal);
        Assert.Matches(@"at #/\$defs/d\d+", refused.Message);
    }

    [Theory]
    [InlineData(
        """{"anyOf":[{"type":"array","items":{"$ref":"#"},"maxItems":5},{"type":"array","items":{"$ref":"#"},"maxItems":6},"""
            + """{"type":"null"}]}""")]
    [InlineData("""{"anyOf":[{"type":"array","items":{"$ref":"#"}},{"type":"array"}]}""")]
    [InlineData(
        """{"anyOf":[{"type":"object","properties":{"a":{"$ref":"#"},"kind":{"const":"x"}},"required":["a","kind"]},"""
            + """{"type":"object","properties":{"a":{"$ref":"#"},"kind":{"const":"y"}},"required":["a","kind"]}]}""")]
    [InlineData(
        """{"anyOf":[{"type":"object","properties":{"kind":{"const":"x"},"a":{"$ref":"#"}}},{"type":"object","properties":{"kind":"""
            + """{"const":"y"},"a":{"$ref":"#"}}}]}""")]
    [InlineData(
        """{"$ref":"#/$defs/a","$defs":{"a":{"type":"object","properties":{"x":{"anyOf":[{"$ref":"#/$defs/a"},{"$ref":"#/$defs/b"}]}}}"""
            + ""","b":{"type":"object","properties":{"x":{"$ref":"#/$defs/a"}}}}}""")]
    public void A_schema_that_holds_itself_twice_under_one_beginning_is_refused(string schema)
    {
        Assert.Contains("begin alike", Assert.Throws<NotSupportedException>(() => Of(schema)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        """{"anyOf":[{"type":"array","items":{"$ref":"#"}},{"type":"object","properties":{"a":{"$ref":"#"}}},{"type":"string"},"""
            + """{"type":"null"}]}""")]
    [InlineData(
        """{"anyOf":[{"type":"object","properties":{"kind":{"const":"x"},"a":{"$ref":"#"}},"required":["kind"]},"""
            + """{"type":"object","properties":{"kind":{"const":"y"},"a":{"$ref":"#"}},"required":["kind","a"]}]}""")]
    [InlineData(
        """{"anyOf":[{"type":"object","properties":{"n":{"type":"integer"},"left":{"$ref":"#"}},"required":["n","left"]},"""
            + """{"type":"object","properties":{"n":{"type":"integer"},"right":{"$ref":"#"}},"required":["n","right"]}]}""")]
    [InlineData(
        """{"$ref":"#/$defs/add","$defs":{"add":{"type":"object","properties":{"op":{"const":"+"},"of":{"type":"array","items":"""
            + """{"anyOf":[{"$ref":"#/$defs/add"},{"$ref":"#/$defs/mul"},{"type":"number"}]}}},"required":["op","of"]},"mul":"""
            + """{"type":"object","properties":{"op":{"const":"*"},"of":{"type":"array","items":{"anyOf":[{"$ref":"#/$defs/add"},"""
            + """{"$ref":"#/$defs/mul"},{"type":"number"}]}}},"required":["op","of"]}}}""")]
    public void A_schema_that_holds_itself_in_alternatives_that_are_told_apart_is_fine(string schema)
    {
        Assert.StartsWith("root ::= ", Of(schema), StringComparison.Ordinal);
    }

    [Fact]
    public void What_would_be_written_out_too_often_is_refused_with_its_place()
    {
        Refused(Properties(40, i => $$"""{"type":"string","maxLength":{{1000 - i}}}"""), "lengths and counts to more than 10000");
        Refused(Properties(40, i => $$"""{"type":"array","minItems":{{1000 - i}}}"""), "lengths and counts to more than 10000");
        Refused(Properties(1500, _ => """{"type":"null"}"""), "in more than 1000 ways at once");
        Refused(Properties(11_000, _ => "{}"), "more than 10000 places");
        Refused($$"""{"enum":["{{new string('x', 600_000)}}"]}""", "#/enum has 600002 characters");
        Refused(Properties(3000, i => $"{{\"const\":\"{new string('x', 200)}{i}\"}}", required: true), "longer than 524288 characters");
        Refused(Bomb(300, next => $"{{\"type\":\"array\",\"items\":{{\"$ref\":\"{next}\"}}}}"), "levels deep");

        static void Refused(string schema, string reason) =>
            Assert.Contains(reason, Assert.Throws<NotSupportedException>(() => Of(schema)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Equal_parts_are_written_once_however_many_there_are()
    {
        Assert.InRange(Of(Properties(900, _ => """{"type":"string","maxLength":1000}""")).Split("char{0,1000}").Length, 2, 2);
        var values = string.Join(',', Enumerable.Range(0, 8000).Select(i => $"\"aaaaaaaaaa{i}\""));
        Assert.InRange(Of($$"""{"enum":[{{values}}]}""").Length, 1, 4000);
    }

    private static string Properties(int count, Func<int, string> value, bool required = false)
    {
        var properties = string.Join(',', Enumerable.Range(0, count).Select(i => $"\"p{i}\":{value(i)}"));
        var names = required ? string.Join(',', Enumerable.Range(0, count).Select(i => $"\"p{i}\"")) : "";
        return "{\"type\":\"object\",\"properties\":{" + properties + "},\"required\":[" + names + "]}";
    }

    // A schema of so many definitions, each made of the next.
    private static string Bomb(int depth, Func<string, string> level)
    {
        var levels = string.Join(',', Enumerable.Range(0, depth).Select(i => $"\"d{i}\":{level($"#/$defs/d{i + 1}")}"));
        return "{\"$ref\":\"#/$defs/d0\",\"$defs\":{" + levels + $",\"d{depth}\":" + "{\"type\":\"null\"}}}";
    }

    private static string Of(string schema) => JsonSchemaGrammar.For(JsonElement.Parse(schema));
}
