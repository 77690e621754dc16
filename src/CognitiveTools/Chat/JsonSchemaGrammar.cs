using System.Text.Json;
using CognitiveTools.Chat.Schemas;

namespace CognitiveTools.Chat;

/// <summary>
/// GBNF grammars for JSON: any object, or what a schema allows. Everything a grammar lets through is valid JSON and valid
/// against its schema; a keyword that cannot be kept is refused, never dropped.
/// <para>Understood: <c>type</c> (also a list), <c>properties</c>, <c>required</c>, <c>additionalProperties</c> (next to
/// <c>properties</c> no others are written; without, it gives the values), <c>items</c>, <c>minItems</c>, <c>maxItems</c>,
/// <c>minLength</c>, <c>maxLength</c>, <c>minimum</c>, <c>maximum</c> and their exclusive forms of integers, <c>enum</c>,
/// <c>const</c>, <c>anyOf</c>, <c>allOf</c> and <c>oneOf</c> of one, <c>$ref</c> to any place of the same schema, annotations such
/// as <c>description</c>, and whatever asks for nothing, such as <c>uniqueItems: false</c>. Properties come in the schema's
/// order.</para>
/// <para>Bounded, because llama.cpp compiles a grammar in native code that cannot be stopped: in the ways to read a text at once,
/// in places, depth, repetitions and characters of the grammar. A message names the place that goes beyond.</para>
/// </summary>
internal static class JsonSchemaGrammar
{
    /// <summary>The grammar of any JSON object.</summary>
    public static string AnyObject { get; } = "root ::= object\n" + JsonGrammarRules.Text;

    /// <summary>The grammar of what a schema allows.</summary>
    /// <param name="schema">A JSON schema.</param>
    /// <exception cref="NotSupportedException">The schema needs something that the grammar cannot keep, or too much of it; the message
    /// names the place and the remedy.</exception>
    public static string For(JsonElement schema) => SchemaGrammarWriter.Write(schema);
}
