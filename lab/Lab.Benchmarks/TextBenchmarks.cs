using System.Text.Json;
using BenchmarkDotNet.Attributes;
using CognitiveTools.Answers.Reading;
using CognitiveTools.Chat;
using CognitiveTools.Loop.Reading;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Lab.Benchmarks;

/// <summary>Reading what a model wrote: tool calls and answers; and grammars that bind what it writes.</summary>
public class TextBenchmarks
{
    private const string Line = "Let x be the number of apples; then 3x + 7 = 52, so x = 15 (check: 3 * 15 + 7 = 52).\n";

    private static readonly string[] Tools = ["understand_question", "recall_related", "examine_answer", "backtracking", "use_code"];

    private static readonly string Solution = string.Concat(Enumerable.Repeat(Line, 24)); // about 2,000 characters

    private static readonly string Answered = Solution + "Therefore the result is \\boxed{\\frac{15}{4}}.\nANSWER: 15/4\n";

    private readonly AssistantTurn _json =
        Turn(Solution + """<call>{"tool":"examine_answer","args":{"question":"What is x?","current_proposed_answer":"15"}}</call>""");
    private readonly AssistantTurn _python =
        Turn(Solution + "print(examine_answer(question=\"What is x?\", current_proposed_answer='15'))\n");
    private readonly AssistantTurn _none = Turn(Solution);
    private readonly IAnswerKind _integer = AnswerKinds.Find("integer");
    private readonly IAnswerKind _expression = AnswerKinds.Find("expression");
    private readonly string _integerText = Solution + "ANSWER: 15\n";
    private readonly JsonElement _schema = JsonElement.Parse("""
        {
          "type": "object",
          "properties": {
            "verdict": { "enum": ["accept", "reject", "unsure"] },
            "steps": { "type": "array", "minItems": 1, "maxItems": 8, "items": { "$ref": "#/$defs/step" } },
            "answer": { "anyOf": [{ "type": "integer" }, { "type": "null" }] }
          },
          "required": ["verdict", "steps"],
          "additionalProperties": false,
          "$defs": {
            "step": {
              "type": "object",
              "properties": { "text": { "type": "string", "maxLength": 200 }, "value": { "type": "number" } },
              "required": ["text"]
            }
          }
        }
        """);

    /// <summary>A tagged JSON call after 2,000 characters of text, thoughts masked.</summary>
    [Benchmark]
    public object? Find_a_JSON_call() => CallReading.FindFirst(_json, Tools);

    /// <summary>A call as a Python expression after the same text.</summary>
    [Benchmark]
    public object? Find_a_Python_call() => CallReading.FindFirst(_python, Tools);

    /// <summary>The same text without a call.</summary>
    [Benchmark]
    public object? Find_no_call() => CallReading.FindFirst(_none, Tools);

    /// <summary>A whole number behind ANSWER: after the same text.</summary>
    [Benchmark]
    public Extraction Read_an_integer_answer() => _integer.Extract(_integerText);

    /// <summary>A fraction, boxed and behind ANSWER:, after the same text.</summary>
    [Benchmark]
    public Extraction Read_an_expression_answer() => _expression.Extract(Answered);

    /// <summary>Whether 15/4 and 3.75 are the same.</summary>
    [Benchmark]
    public bool Compare_expressions() => _expression.Matches("\\frac{15}{4}", "3.75");

    /// <summary>The GBNF grammar of a schema with an array of objects by reference.</summary>
    [Benchmark]
    public string Grammar_of_a_schema() => JsonSchemaGrammar.For(_schema);

    private static AssistantTurn Turn(string text) => new(new ChatMessage(ChatRole.Assistant, text), cut: false);
}
