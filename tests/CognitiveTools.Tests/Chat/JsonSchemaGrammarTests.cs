using System.Text.Json;
using CognitiveTools.Chat;

namespace CognitiveTools.Tests.Chat;

/// <summary>What a schema becomes, and which schemas are refused; that models obey it is tested with the engine.</summary>
public sealed class JsonSchemaGrammarTests
{
    [Fact]
    public void Required_properties_come_in_order_and_optional_ones_may_be_left_out()
    {
        var grammar = Of("""{"type":"object","properties":{"a":{"type":"integer"},"b":{"type":"boolean"}},"required":["b"]}""");

        Assert.StartsWith(
            """
            root ::= r5
            r1 ::= "\"b\"" ":" ws boolean 
            r2 ::= "," ws "\"b\"" ":" ws boolean 
            r3 ::= "\"a\"" ":" ws integer r2 | r1
            r4 ::= "," ws "\"a\"" ":" ws integer r2 | r2
            r5 ::= "{" ws r3 ws "}"

            """,
            grammar,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_definition_that_holds_itself_has_one_rule()
    {
        var grammar = Of("""{"$ref":"#/$defs/tree","$defs":{"tree":{"type":"array","items":{"$ref":"#/$defs/tree"}}}}""");

        Assert.StartsWith("root ::= r1\nr2 ::= \"[\" ws (r1 (\",\" ws r1){0,} ws)? \"]\"\nr1 ::= r2\n", grammar, StringComparison.Ordinal);
    }

    [Fact]
    public void Fixed_values_are_written_as_JSON_writes_them()
    {
        Assert.Contains("""("\"a\\\"b\"" | "1" | "null" | "[true]")""", Of("""{"enum":["a\"b",1,null,[true]]}"""), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"type":"string","pattern":"a+"}""", "# uses pattern")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"integer","minimum":1}}}""", "#/properties/a uses minimum")]
    [InlineData("""{"type":"object","additionalProperties":{"type":"string"}}""", "additionalProperties")]
    [InlineData("""{"type":"object","properties":{},"required":["a"]}""", "requires 'a'")]
    [InlineData("""{"type":"text"}""", "unknown type \"text\"")]
    [InlineData("""{"type":[]}""", "empty list of types")]
    [InlineData("""{"type":"string","maxLength":5000}""", "#/maxLength is out of range")]
    [InlineData("""{"type":"string","minLength":3,"maxLength":2}""", "maxLength below minLength")]
    [InlineData("""{"type":"array","items":{"allOf":[]}}""", "#/items uses allOf")]
    [InlineData("""{"$ref":"https://example.com/schema"}""", "is not there")]
    [InlineData("""{"$ref":"#/$defs/missing"}""", "'#/$defs/missing'")]
    [InlineData("""{"type":"string","enum":["a",1]}""", "the value 1")]
    [InlineData("""{"anyOf":[]}""", "#/anyOf")]
    [InlineData("""{"anyOf":[{"type":"null"}],"type":"object"}""", "uses type")]
    [InlineData("false", "is not a schema")]
    [InlineData("[]", "is not a schema")]
    public void What_cannot_be_kept_is_refused_with_its_place(string schema, string reason)
    {
        var refused = Assert.Throws<NotSupportedException>(() => Of(schema));

        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
    }

    private static string Of(string schema) => JsonSchemaGrammar.For(JsonElement.Parse(schema));
}
