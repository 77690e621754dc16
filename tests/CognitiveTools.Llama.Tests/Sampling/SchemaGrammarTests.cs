using System.Text.Json;
using CognitiveTools.Chat;

namespace CognitiveTools.Llama.Tests.Sampling;

/// <summary>Which texts the grammar of a schema lets through, as llama.cpp decides it.</summary>
public sealed class SchemaGrammarTests
{
    [Theory]
    [InlineData(
        """{"type":"object","properties":{"a":{"type":"integer"},"b":{"type":"boolean"}},"required":["b"]}""", """{"a":1,"b":true}""",
        """{"b":true}""")]
    [InlineData(
        """{"type":"object","properties":{"a":{"type":"null"},"b":{"type":"null"},"c":{"type":"null"}}}""", "{}", """{"b":null}""",
        """{"a":null,"c":null}""", """{ "c": null }""")]
    [InlineData("""{"type":"object","properties":{"a/b~c%\"é":{"type":"null"}},"required":["a/b~c%\"é"]}""", """{"a/b~c%\"é":null}""")]
    [InlineData("""{"type":"object"}""", """{"x":{"y":[1]}}""")]
    [InlineData("""{"type":"object","additionalProperties":{"type":"integer"}}""", "{}", """{"x":1,"y":2}""")]
    [InlineData("""{"type":"object","properties":{"n":{"type":"integer"}},"required":["n"],"additionalProperties":{}}""", """{"n":1}""")]
    [InlineData("""{"type":"object","properties":{"n":{"type":"integer"}},"additionalProperties":{"type":"string"}}""", """{"n":1}""")]
    [InlineData("""{"properties":{"n":{"type":"integer"}},"required":["n"]}""", """{"n":1}""")]
    [InlineData("""{"type":"array","items":{"type":"integer"},"maxItems":2.0,"uniqueItems":false}""", "[]", "[1]", "[1,2]")]
    [InlineData("""{"type":"array","items":{"type":"integer"},"minItems":2}""", "[1,2]", "[1,2,3,4]")]
    [InlineData("""{"type":"array","items":{}}""", """[1,"a",{"b":null}]""")]
    [InlineData("""{"type":"array","maxItems":0}""", "[]")]
    [InlineData("""{"type":"string","minLength":2,"maxLength":3}""", "\"ab\"", "\"abc\"", "\"a\\n\"")]
    [InlineData("""{"type":"string","minLength":0}""", "\"\"", "\"abc\"")]
    [InlineData(
        """{"type":"integer","minimum":-9007199254740991,"maximum":9007199254740991}""", "0", "-9007199254740991", "9007199254740991",
        "9007199254740989", "12")]
    [InlineData("""{"type":"integer","minimum":7,"maximum":1234}""", "7", "10", "99", "100", "999", "1000", "1199", "1234")]
    [InlineData("""{"type":"integer","exclusiveMinimum":0}""", "1", "10", "9999999999999999")]
    [InlineData("""{"type":"integer","minimum":-12,"exclusiveMaximum":3.5}""", "-12", "-1", "0", "3")]
    [InlineData("""{"type":"integer","multipleOf":1}""", "5")]
    [InlineData("""{"type":"integer","maximum":1e400,"minimum":-1e400}""", "5", "-5")]
    [InlineData("""{"type":["integer","null"],"minimum":1,"maxLength":3}""", "1", "null")]
    [InlineData("""{"type":"integer","const":1.0}""", "1")]
    [InlineData("""{"const":1e2}""", "100")]
    [InlineData("""{"enum":["a\"b",1,null,[true],{"x":1.5}]}""", "\"a\\\"b\"", "1", "null", "[true]", """{"x":1.5}""")]
    [InlineData(
        """{"enum":["car","cart","care","dare","fare","bare","漢","字","a]b","a^b","a-b","1","12",1,12,-1]}""", "\"car\"", "\"cart\"",
        "\"care\"", "\"bare\"", "\"漢\"", "\"字\"", "\"a]b\"", "\"a^b\"", "\"a-b\"", "1", "12", "-1", "\"12\"")]
    [InlineData("""{"anyOf":[{"const":"a"},{"const":"b"},{"type":"null"}]}""", "\"a\"", "\"b\"", "null")]
    [InlineData("""{"anyOf":[{},{"type":"null"}]}""", "[1]", "null")]
    [InlineData("""{"allOf":[{"$ref":"#/$defs/a"}],"description":"d","$defs":{"a":{"type":"null"}}}""", "null")]
    [InlineData(
        """{"type":"object","properties":{"done":{"type":"array","items":{"type":"integer"}}"""
        + ""","open":{"type":"array","items":{"$ref":"#/properties/done/items"}}},"required":["done","open"]}""",
        """{"done":[1],"open":[2]}""")]
    [InlineData("""{"anyOf":[{"type":"null"},{"type":"array","items":{"$ref":"#/anyOf/0"}}]}""", "null", "[null]")]
    [InlineData("""{"$ref":"#/$defs/a~1b%20c","$defs":{"a/b c":{"type":"null"}}}""", "null")]
    [InlineData("""{"$ref":"#/$defs/tree","$defs":{"tree":{"type":"array","items":{"$ref":"#/$defs/tree"}}}}""", "[]", "[[],[[]]]")]
    [InlineData(
        """{"type":"object","properties":{"next":{"anyOf":[{"$ref":"#"},{"type":"null"}]}},"required":["next"]}""", """{"next":null}""",
        """{"next":{"next":null}}""")]
    [InlineData("""{"type":"string","properties":{"a":false},"maximum":3}""", "\"a\"")]
    [InlineData("""{"type":"object","properties":{"a":false}}""", "{}")]
    [InlineData(
        """{"type":"string","pattern":"","contains":{"type":"null"},"not":false,"if":{"const":1},"x-order":3,"nullable":false}""", "\"a\"")]
    public void A_valid_text_is_let_through(string schema, params string[] texts)
    {
        var grammar = Of(schema);

        Assert.All(texts, text => Assert.True(GrammarReader.Accepts(grammar, text), text));
    }

    [Theory]
    [InlineData(
        """{"type":"object","properties":{"a":{"type":"integer"},"b":{"type":"boolean"}},"required":["b"]}""", "{}", """{"a":1}""",
        """{"b":true,"a":1}""", """{"b":true,}""", """{"c":1,"b":true}""", """{"a":1"b":true}""")]
    [InlineData(
        """{"type":"object","properties":{"a":{"type":"null"},"b":{"type":"null"}}}""", """{,"b":null}""", """{"a":null,}""",
        """{"a":null,"a":null}""")]
    [InlineData("""{"type":"object","additionalProperties":{"type":"integer"}}""", """{"x":"a"}""", """{"x":1,}""")]
    [InlineData("""{"type":"object","additionalProperties":false}""", """{"x":1}""")]
    [InlineData("""{"type":"object","properties":{"n":{"type":"integer"}},"additionalProperties":true}""", """{"m":1}""")]
    [InlineData("""{"type":"object","properties":{"a":false}}""", """{"a":1}""")]
    [InlineData("""{"type":"array","items":{"type":"integer"},"maxItems":2.0}""", "[1,2,3]", "[1,]")]
    [InlineData("""{"type":"array","items":{"type":"integer"},"minItems":2}""", "[]", "[1]")]
    [InlineData("""{"type":"string","minLength":2,"maxLength":3}""", "\"a\"", "\"abcd\"", "\"ab\nc\"")]
    [InlineData(
        """{"type":"integer","minimum":-9007199254740991,"maximum":9007199254740991}""", "9007199254740992", "-9007199254740992",
        "9999999999999999", "01", "-0")]
    [InlineData("""{"type":"integer","minimum":7,"maximum":1234}""", "6", "0", "1235", "1300", "2000", "-7", "07", "10000")]
    [InlineData("""{"type":"integer","exclusiveMinimum":0}""", "0", "-1", "10000000000000000")]
    [InlineData("""{"type":"integer","minimum":-12,"exclusiveMaximum":3.5}""", "-13", "4", "-20", "-120")]
    [InlineData("""{"type":["integer","null"],"minimum":1}""", "0", "true")]
    [InlineData("""{"type":"integer","const":1.0}""", "1.0", "2", "11")]
    [InlineData("""{"enum":["car","cart",1,12,-1]}""", "\"ca\"", "\"carts\"", "2", "11", "-12", "")]
    [InlineData(
        """{"type":"object","properties":{"next":{"anyOf":[{"$ref":"#"},{"type":"null"}]}},"required":["next"]}""", """{"next":{}}""",
        """{"next":1}""")]
    public void A_text_that_is_not_valid_is_held_back(string schema, params string[] texts)
    {
        var grammar = Of(schema);

        Assert.All(texts, text => Assert.False(GrammarReader.Accepts(grammar, text), text));
    }

    [Fact]
    public void Any_object_is_JSON_and_an_object()
    {
        Assert.True(GrammarReader.Accepts(JsonSchemaGrammar.AnyObject, """{"a":[1,{"b":-2.5e3}],"c":"\u0041"}"""));
        Assert.False(GrammarReader.Accepts(JsonSchemaGrammar.AnyObject, "[1]"));
        Assert.False(GrammarReader.Accepts(JsonSchemaGrammar.AnyObject, """{"a":"\ud800"}"""));
    }

    private static string Of(string schema) => JsonSchemaGrammar.For(JsonElement.Parse(schema));
}
