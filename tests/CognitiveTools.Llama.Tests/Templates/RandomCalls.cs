using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CognitiveTools.Llama.Templates.Calls;
using CognitiveTools.Llama.Templates.Conversations;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Llama.Tests.Templates;

/// <summary>Functions with parameters of several types, and calls of them, at random.</summary>
internal sealed class RandomCalls(int seed, ValueKinds kinds)
{
    private static readonly string[] Pieces =
    [
        "a", "word", " ", "\n", "\"", "'", "<", ">", "</", "<b>", "&", "{", "}", "[", "]", ",", ":", "\\", "\\n", "é", "漢字", "😀",
        "=",
        "null", "true", "None", "3", "-1.5", "|", "\t", "<think>", "{\"k\": 1}", "`", "~", "#",
    ];

    private readonly Random _random = new(seed);

    /// <summary>One to three functions.</summary>
    public IReadOnlyList<DeclaredFunction> Functions()
    {
        var functions = new List<DeclaredFunction>();
        for (var i = _random.Next(1, 4); i > 0; i--)
        {
            var properties = new JsonObject();
            foreach (var name in ((string[])["city", "city_name", "Count", "x", "is-on", "zeta", "alpha"]).OrderBy(_ => _random.Next())
                .Take(_random.Next(0, 6)))
                properties[name] = Schema(Kind());
            var required = new JsonArray([.. properties.Where(_ => _random.Next(2) == 0).Select(static p => JsonValue.Create(p.Key))]);
            var schema = new JsonObject
            {
                ["type"] = "object",
                ["properties"] = properties,
                ["required"] = required,
            };
            functions.Add(new($"get_{"weather"[..(2 * i)]}", "What it does.", Element(schema)));
        }

        return functions;
    }

    /// <summary>Calls of these functions; arguments are in the order of the schema, and some optional ones are missing.</summary>
    public IReadOnlyList<FunctionCallContent> Calls(IReadOnlyList<DeclaredFunction> functions, int most) =>
        [.. Enumerable.Range(0, _random.Next(1, most + 1)).Select(i =>
        {
            var function = functions[_random.Next(functions.Count)];
            var required = function.Parameters.GetProperty("required").EnumerateArray().Select(static name => name.GetString()).ToHashSet();
            var arguments = new Dictionary<string, object?>(StringComparer.Ordinal);
            foreach (var property in ParameterKinds.Properties(function.Parameters))
            {
                if (required.Contains(property.Name) || _random.Next(2) == 0)
                    arguments[property.Name] = Element(Value(ParameterKinds.Of(function.Parameters, property.Name)));
            }

            return new FunctionCallContent(string.Create(CultureInfo.InvariantCulture, $"callid{i:000}"), function.Name, arguments);
        })];

    private ValueKinds Kind()
    {
        ValueKinds[] all = [.. Enum.GetValues<ValueKinds>().Where(kind =>
            kind is not (ValueKinds.None or ValueKinds.All or ValueKinds.MarkedText or ValueKinds.Null) && kinds.HasFlag(kind))];
        return _random.Next(2) == 0 ? ValueKinds.Text : all[_random.Next(all.Length)];
    }

    private static JsonObject Schema(ValueKinds kind) => kind switch
    {
        ValueKinds.Text => new() { ["type"] = "string" },
        ValueKinds.Integer => new() { ["type"] = "integer" },
        ValueKinds.Number => new() { ["type"] = "number" },
        ValueKinds.Boolean => new() { ["type"] = "boolean" },
        ValueKinds.Array => new() { ["type"] = "array", ["items"] = new JsonObject { ["type"] = "string" } },
        _ => new()
        {
            ["type"] = "object",
            ["properties"] = new JsonObject
            {
                ["deep"] = new JsonObject { ["type"] = "array", ["items"] = new JsonObject { ["type"] = "integer" } },
                ["text"] = new JsonObject { ["type"] = "string" },
            },
            ["required"] = new JsonArray("deep"),
        },
    };

    private JsonNode Value(ValueKinds kind) => kind switch
    {
        ValueKinds.Text => JsonValue.Create(Text()),
        ValueKinds.Integer => JsonValue.Create(_random.NextInt64(-1_000_000, 1_000_000_000_000)),
        ValueKinds.Number => JsonValue.Create(_random.Next(-1000, 1000) / 8.0 + 0.0625),
        ValueKinds.Boolean => JsonValue.Create(_random.Next(2) == 0),
        ValueKinds.Array => new JsonArray([.. Enumerable.Range(0, _random.Next(3)).Select(_ => JsonValue.Create(Text()))]),
        _ => _random.Next(2) == 0
            ? new JsonObject { ["deep"] = new JsonArray(1, -2), ["text"] = Text() }
            : new JsonObject { ["deep"] = new JsonArray() },
    };

    private string Text() => string.Concat(Enumerable.Range(0, _random.Next(0, 8)).Select(_ => Pieces[_random.Next(Pieces.Length)]));

    private static JsonElement Element(JsonNode node) => JsonSerializer.SerializeToElement(node);
}
