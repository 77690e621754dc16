using System.Text.Json;
using CognitiveTools.Chat.Schemas;

namespace CognitiveTools.Chat;

/// <summary>
/// GBNF grammars for JSON: any object, or what a schema allows. Every text that a grammar accepts is valid JSON and valid against
/// the schema; an unsupported keyword is refused, never dropped.
/// <para>Supported: <c>type</c> (also a list), <c>properties</c>, <c>required</c>, <c>additionalProperties</c> (with
/// <c>properties</c>, only these are written; without, it describes the values), <c>items</c>, <c>minItems</c>, <c>maxItems</c>,
/// <c>minLength</c>, <c>maxLength</c>, <c>minimum</c>, <c>maximum</c> and their exclusive forms of integers, <c>enum</c>,
/// <c>const</c>, <c>anyOf</c>, <c>allOf</c> and <c>oneOf</c> of one, <c>$ref</c> to any place of the same schema, annotations such
/// as <c>description</c>, and keywords without effect, such as <c>uniqueItems: false</c>. Properties come in the schema's
/// order.</para>
/// <para>Bounded in parallel parses, places, depth, repetitions and characters, because llama.cpp compiles a grammar in native code
/// that cannot be interrupted. The error names the place that exceeds a bound.</para>
/// </summary>
internal static class JsonSchemaGrammar
{
    /// <summary>The grammar of any JSON object.</summary>
    public static string AnyObject { get; } = "root ::= object\n" + JsonGrammarRules.Text;

    /// <summary>The grammar of what a schema allows.</summary>
    /// <param name="schema">A JSON schema.</param>
    /// <exception cref="NotSupportedException">
    /// The schema uses an unsupported keyword or exceeds a bound; the message names the place and the remedy.
    /// </exception>
    public static string For(JsonElement schema) => SchemaGrammarWriter.Write(schema);

    /// <summary>The rules of what a schema allows, for a grammar that has <see cref="Json"/> too.</summary>
    /// <param name="schema">A JSON schema.</param>
    /// <param name="root">Name of the first rule; the others begin with it.</param>
    /// <param name="place">The place of the schema that is meant; references refer to the whole.</param>
    /// <exception cref="NotSupportedException">As <see cref="For"/>.</exception>
    public static string RulesFor(JsonElement schema, string root, string place = "#") =>
        SchemaGrammarWriter.WriteRules(schema, root, root, place);

    /// <summary>The rules of JSON itself: <c>object</c>, <c>string</c>, <c>value</c> and others.</summary>
    public static string Json => JsonGrammarRules.Text;
}
