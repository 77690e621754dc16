using CognitiveTools.Testing;

namespace CognitiveTools.Server.Tests;

/// <summary>Functions, calls and results of a request: what is wrong is refused with its place; what real clients send is read.</summary>
public sealed class FunctionRefusalTests
{
    private const string Call = """{"id":"ID","type":"function","function":{"name":"f","arguments":"{}"}}""";
    private const string Result = """{"role":"tool","tool_call_id":"ID","content":"1"}""";
    private const string User = """{"role":"user","content":"x"}""";
    private const string AnyObject = """{"type":"object","properties":{}}""";
    private const string Function = """{"type":"function","function":{"name":"NAME","parameters":PARAMETERS}}""";
    private const string Bare = """{"type":"function","function":{"name":"f"}}""";

    private const string Recursive = """
        {"$ref":"#/$defs/a","$defs":{"a":{"type":"object","properties":{"$ref":{"$ref":"#/$defs/a"},"enum":{"$ref":"#"},
         "x":{"enum":[{"$ref":"data"}],"default":{"$ref":"data"}}}}}}
        """;

    public static TheoryData<string, string, string> Functions => new()
    {
        { "tools[0].function.name", "1 to 64", Named("") },
        { "tools[0].function.name", "a b!", Named("a b!") },
        { "tools[0].function.name", "1 to 64", Named("a\\n") },
        { "tools[0].function.name", "1 to 64", Named(new string('a', 65)) },
        { "tools[1].function.name", "'f'", $"{Named("f")},{Named("f")}" },
        { "tools[0].function.parameters", "\"array\"", With("""{"type":"array"}""") },
        { "tools[0].function.parameters", "object", With("""{"type":["object","null"]}""") },
        { "tools[0].function.parameters", "object", With("true") },
        { "tools[0].function.parameters", "\"array\"", With("""{"$ref":"#/$defs/a","$defs":{"a":{"type":"array"}}}""") },
        { "tools[0].function.parameters", "only to itself", With("""{"$ref":"#"}""") },
        { "tools[0].function.parameters", "properties", With("""{"type":"object","properties":[]}""") },
        { "tools[0].function.parameters", "required", With("""{"type":"object","properties":{"a":{}},"required":["a",1]}""") },
        { "tools[0].function.parameters", "#/$defs/b", With("""{"type":"object","properties":{"a":{"$ref":"#/$defs/b"}}}""") },
        {
            "tools[0].function.parameters", "'other.json'",
            With("""{"type":"object","properties":{"a":{"anyOf":[{"type":"null"},{"items":{"$ref":"other.json"}}]}}}""")
        },
        { "tools[0].function.parameters", "not a string", With("""{"type":"object","properties":{"a":{"$ref":1}}}""") },
        { "tools[0].function.parameters", "at most 50 levels", With(Deep(60)) },
    };

    [Theory]
    [MemberData(nameof(Functions))]
    public async Task A_function_that_cannot_be_called_is_refused_with_its_place(string parameter, string words, string tools) =>
        await RefusedAsync($$"""{"model":"plain","messages":[{{User}}],"tools":[{{tools}}]}""", parameter, words);

    public static TheoryData<string, string, string> Conversations => new()
    {
        { "messages[1].tool_call_id", "'b'", $"{User},{R("b")}" },
        { "messages[2].tool_call_id", "result: a", $"{User},{Calls("a")},{R("b")},{R("a")}" },
        { "messages[3].tool_call_id", "No call waits", $"{User},{Calls("a")},{R("a")},{R("a")}" },
        { "messages[4].tool_call_id", "No call waits", $"{User},{Calls("a")},{R("a")},{User},{R("a")}" },
        { "messages[1].tool_calls[1].id", "'a'", $"{User},{Calls("a", "a")},{R("a")}" },
        { "messages[1].tool_calls[0]", "no result", $"{User},{Calls("a")},{User}" },
        { "messages[1].tool_calls[1]", "'b'", $"{User},{Calls("a", "b")},{R("a")},{User}" },
        { "messages[1].tool_calls[0]", "no result", $"{User},{Calls("a")}" },
        { "messages[1].tool_calls[0].function.name", "empty", $"{User},{Calls("a").Replace("\"f\"", "\"\"", StringComparison.Ordinal)}" },
        { "messages[1].tool_calls[0].function.arguments", "once", $"{User},{Arguments("""{\"a\":1,\"a\":2}""")}" },
        { "messages[1].tool_calls[0].function.arguments", "JSON object", $"{User},{Arguments("[]")}" },
        { "messages[1].tool_calls[0].function.arguments", "at most 50 levels", $"{User},{Arguments(new string('[', 60))}" },
    };

    [Theory]
    [MemberData(nameof(Conversations))]
    public async Task A_call_or_a_result_that_stands_alone_is_refused_with_its_place(string parameter, string words, string messages) =>
        await RefusedAsync($$"""{"model":"plain","messages":[{{messages}}]}""", parameter, words);

    [Theory]
    [InlineData("5", "'tool_choice' is 5;")]
    [InlineData("[\"f\"]", "function")]
    [InlineData("true", "required")]
    [InlineData("\"any\"", "'tool_choice' is any;")]
    [InlineData("""{"type":"function","function":{"name":"get_wether"}}""", "'get_wether'")]
    [InlineData("""{"type":"function","function":{"name":"get_wether"}}""", "Did you mean 'get_weather'?")]
    [InlineData("""{"type":"function","function":{"name":"get_wether"}}""", "Known: get_weather, now.")]
    [InlineData("""{"type":"function","function":{"name":""}}""", "Known: get_weather, now.")]
    public async Task A_choice_of_a_function_that_is_wrong_is_explained(string choice, string words) =>
        await RefusedAsync(
            $$"""{"model":"plain","messages":[{{User}}],"tools":[{{Named("get_weather")}},{{Named("now")}}],"tool_choice":{{choice}}}""",
            "tool_choice", words);

    [Fact]
    public async Task A_required_call_without_functions_is_explained() =>
        await RefusedAsync(
            $$"""{"model":"plain","messages":[{{User}}],"tool_choice":"required"}""", "tool_choice", "'tools' has no function");

    public static TheoryData<string> Good =>
    [
        $$""" "messages":[{{User}}],"tools":[{{Named("a.b-c_9")}},{{Named(new string('a', 64))}}] """,
        $$""" "messages":[{{User}}],"tools":[{{Bare}}] """,
        $$""" "messages":[{{User}}],"tools":[{{With("{}")}}] """,
        $$""" "messages":[{{User}}],"tools":[{{With(Deep(40))}}] """,
        $$""" "messages":[{{User}}],"tools":[{{With(Recursive)}}] """,
        $$""" "messages":[{{User}},{{Arguments("")}},{{R("a")}}] """, // as some clients send no arguments
        $$""" "messages":[{{User}},{{Calls("a", "b")}},{{R("b")}},{{R("a")}},{{Calls("a")}},{{R("a")}},{{User}}] """,
    ];

    [Theory]
    [MemberData(nameof(Good))]
    public async Task What_real_clients_send_is_read(string fields)
    {
        var model = new ScriptedChatClient("yes");
        await using var server = await ServerUnderTest.StartAsync(model);

        var (status, body) = await server.PostAsync($$"""{"model":"plain",{{fields}}}""");

        Assert.True(status == 200, body.ToString());
        Assert.Single(model.Requests);
    }

    private static async Task RefusedAsync(string request, string parameter, string words)
    {
        var model = new ScriptedChatClient("never");
        await using var server = await ServerUnderTest.StartAsync(model);

        var (status, body) = await server.PostAsync(request);

        var error = body.GetProperty("error");
        Assert.Equal((400, parameter), (status, error.GetProperty("param").GetString()));
        Assert.Contains(words, error.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Empty(model.Requests);
    }

    private static string Named(string name) => Function.Replace("NAME", name, StringComparison.Ordinal)
        .Replace("PARAMETERS", AnyObject, StringComparison.Ordinal);

    private static string With(string parameters) => Function.Replace("NAME", "f", StringComparison.Ordinal)
        .Replace("PARAMETERS", parameters, StringComparison.Ordinal);

    // An object with lists in each other.
    private static string Deep(int levels) =>
        AnyObject.Replace("{}", $"{{\"a\":{LocalModelTests.Nested(levels - 2)}}}", StringComparison.Ordinal);

    private static string Calls(params string[] ids)
    {
        var calls = ids.Select(static id => Call.Replace("ID", id, StringComparison.Ordinal));
        return $"{{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{string.Join(',', calls)}]}}";
    }

    private static string Arguments(string arguments) => Calls("a").Replace("\"{}\"", $"\"{arguments}\"", StringComparison.Ordinal);

    private static string R(string id) => Result.Replace("ID", id, StringComparison.Ordinal);
}
