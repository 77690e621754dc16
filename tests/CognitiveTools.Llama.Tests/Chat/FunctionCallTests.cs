using System.ComponentModel;
using System.Text.Json;
using CognitiveTools.Llama.Chat;
using CognitiveTools.Llama.Engine;
using CognitiveTools.TestModels;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Llama.Tests.Chat;

/// <summary>Calls of functions on a local model. Its weights are random: the grammar makes the calls, not the model.</summary>
public sealed class FunctionCallTests
{
    private const string Schema = """
        {"type":"object","properties":{"city":{"enum":["Paris","Rome"]},"days":{"type":"integer","minimum":1,"maximum":9}},
         "required":["city","days"],"additionalProperties":false}
        """;

    private static readonly AIFunctionDeclaration Weather =
        AIFunctionFactory.CreateDeclaration("get_weather", "The weather.", JsonDocument.Parse(Schema).RootElement);

    private static readonly AIFunctionDeclaration Clock =
        AIFunctionFactory.CreateDeclaration("now", "The time.", JsonDocument.Parse("""{"type":"object","properties":{}}""").RootElement);

    [Theory]
    [InlineData(ScriptedCalls.Template)]
    [InlineData(null)] // ChatML, which knows no tools
    public async Task A_required_call_has_the_name_and_arguments_of_the_schema(string? template)
    {
        using var model = Load(template);
        await using var engine = new LlamaEngine(model, new() { Threads = 1 });
        using var client = new LlamaChatClient(engine);
        var options = new ChatOptions
        {
            Tools = [Weather, Clock],
            ToolMode = ChatToolMode.RequireSpecific("get_weather"),
            MaxOutputTokens = 200
        };

        var response = await client.GetResponseAsync([new(ChatRole.User, "hi")], options, TestContext.Current.CancellationToken);

        Assert.Equal(ChatFinishReason.ToolCalls, response.FinishReason);
        var call = Assert.IsType<FunctionCallContent>(Assert.Single(response.Messages.Single().Contents));
        Assert.Equal("get_weather", call.Name);
        Assert.Contains(((JsonElement)call.Arguments!["city"]!).GetString(), (string[])["Paris", "Rome"]);
        Assert.InRange(((JsonElement)call.Arguments["days"]!).GetInt32(), 1, 9);
        Assert.Matches("^[a-zA-Z0-9]{9}$", call.CallId);
    }

    [Fact]
    public async Task A_streamed_call_comes_whole_after_the_text_and_is_the_same()
    {
        using var model = Load(ScriptedCalls.Template);
        await using var engine = new LlamaEngine(model, new() { Threads = 1 });
        using var client = new LlamaChatClient(engine);
        var options = new ChatOptions { Tools = [Weather], ToolMode = ChatToolMode.RequireAny, MaxOutputTokens = 200 };
        ChatMessage[] messages = [new(ChatRole.User, "hi")];

        var whole = await client.GetResponseAsync(messages, options, TestContext.Current.CancellationToken);
        var streamed = await client.GetStreamingResponseAsync(messages, options, TestContext.Current.CancellationToken)
            .ToChatResponseAsync(TestContext.Current.CancellationToken);

        Assert.Equal("", streamed.Text);
        Assert.Equal(ChatFinishReason.ToolCalls, streamed.FinishReason);
        Assert.Equal(Calls(whole), Calls(streamed));
        Assert.True(streamed.Usage!.OutputTokenCount > 0);
    }

    [Fact]
    public async Task Two_calls_and_their_results_go_round_with_function_invocation()
    {
        using var model = Load(ScriptedCalls.Template, scripted: true);
        await using var engine = new LlamaEngine(model, new() { Threads = 1 });
        var cities = new List<string>();
        using var client = new ChatClientBuilder(new LlamaChatClient(engine)).UseFunctionInvocation().Build();
        var function = AIFunctionFactory.Create(
            ([Description("A city.")] City city) =>
            {
                cities.Add(city.ToString());
                return $"21 degrees in {city}";
            }, "get_weather");

        var response = await client.GetResponseAsync(
            [new(ChatRole.User, "hi")], new() { Tools = [function], MaxOutputTokens = 100 }, TestContext.Current.CancellationToken);

        Assert.Equal(2, cities.Count);
        Assert.Equal(2, response.Messages.SelectMany(static m => m.Contents).OfType<FunctionResultContent>().Count());
        Assert.DoesNotContain(response.Messages[^1].Contents, static c => c is FunctionCallContent);
    }

    [Fact]
    public async Task Without_a_call_the_text_is_streamed_as_it_is()
    {
        using var model = Load(ScriptedCalls.Template);
        await using var engine = new LlamaEngine(model, new() { Threads = 1 });
        using var client = new LlamaChatClient(engine);
        ChatMessage[] messages = [new(ChatRole.User, "hi")];
        var options = new ChatOptions { Tools = [Weather], MaxOutputTokens = 40 };

        var whole = await client.GetResponseAsync(messages, options, TestContext.Current.CancellationToken);
        var streamed = await client.GetStreamingResponseAsync(messages, options, TestContext.Current.CancellationToken)
            .ToChatResponseAsync(TestContext.Current.CancellationToken);

        Assert.Empty(Calls(whole));
        Assert.Equal(whole.Text, streamed.Text);
        Assert.NotEqual("", whole.Text);
    }

    [Fact]
    public async Task What_cannot_be_honoured_is_refused()
    {
        using var client = new LlamaChatClient(TestModels.Engine());
        var token = TestContext.Current.CancellationToken;
        ChatMessage[] messages = [new(ChatRole.User, "hi")];
        await Assert.ThrowsAsync<NotSupportedException>(
            () => client.GetResponseAsync(messages, new() { Tools = [new HostedWebSearchTool()] }, token));
        await Assert.ThrowsAsync<NotSupportedException>(
            () => client.GetResponseAsync(messages, new() { Tools = [Weather], ResponseFormat = ChatResponseFormat.Json }, token));
        await Assert.ThrowsAsync<ArgumentException>(
            () => client.GetResponseAsync(messages, new() { Tools = [Weather], ToolMode = ChatToolMode.RequireSpecific("other") }, token));
    }

    private static CognitiveTools.Llama.Models.LlamaModel Load(string? template, bool scripted = false) => TestModels.Load(
        3, template is null ? new() : new TinyModelOptions { Template = template }, options =>
        {
            if (scripted)
                options.TemplateVariables["script"] = "2";
        });

    private static string[] Calls(ChatResponse response) => [.. response.Messages.SelectMany(static m => m.Contents)
        .OfType<FunctionCallContent>().Select(static c => $"{c.CallId} {c.Name} {JsonSerializer.Serialize(c.Arguments)}")];

    internal enum City
    {
        Paris,
        Rome,
    }
}
