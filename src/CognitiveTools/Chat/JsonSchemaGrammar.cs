using System.Text.Json;

namespace CognitiveTools.Chat;

/// <summary>
/// GBNF grammars for JSON: any object, or what a schema allows. Everything a grammar lets through is valid JSON and valid
/// against its schema; a keyword that cannot be kept is refused, never dropped.
/// <para>Understood: <c>type</c> (also a list), <c>properties</c>, <c>required</c>, <c>additionalProperties: false</c> or
/// <c>true</c> (no others are written either way), <c>items</c>, <c>minItems</c>, <c>maxItems</c>, <c>minLength</c>,
/// <c>maxLength</c>, <c>enum</c>, <c>const</c>, <c>anyOf</c>, <c>$ref</c> to <c>#/$defs/NAME</c> or
/// <c>#/definitions/NAME</c>, and annotations such as <c>description</c>. Properties come in the schema's order.</para>
/// </summary>
public static class JsonSchemaGrammar
{
    /// <summary>The grammar of any JSON object.</summary>
    public static string AnyObject { get; } = "root ::= object\n" + JsonGrammarRules.Text;

    /// <summary>The grammar of what a schema allows.</summary>
    /// <param name="schema">A JSON schema.</param>
    /// <exception cref="NotSupportedException">The schema needs something that the grammar cannot keep; the message names the place and the remedy.</exception>
    public static string For(JsonElement schema) => new SchemaGrammarWriter(schema).Write();
}
