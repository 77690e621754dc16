using CognitiveTools.Chat;
using CognitiveTools.Reasoners;
using CognitiveTools.TestServers;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CognitiveTools.OpenAI.Tests;

/// <summary>Thoughts of a server on their way back to it, and what of thinking a server cannot do.</summary>
public sealed class ReturnedThoughtsTests
{
    private const string Thinking = """
        {"id":"1","object":"chat.completion","created":1,"model":"scripted-1","choices":[{"index":0,"finish_reason":"tool_calls","message":
        {"role":"assistant","content":null,"reasoning_content":"I must look.","tool_calls":[{"id":"c1","type":"function","function":
        {"name":"understand_question","arguments":"{}"}}]}}],"usage":{"prompt_tokens":5,"completion_tokens":9,"total_tokens":14,
        "completion_tokens_details":{"reasoning_tokens":4}}}
        """;

    [Theory]
    [InlineData("true", "false")]
    [InlineData("true", "true")]
    [InlineData("false", "false")]
    public async Task Thoughts_before_a_call_go_back_with_it_unless_that_is_turned_off(string returns, string streams)
    {
        await using var server = await ChatCompletionsServer.StartAsync(call => call.Index switch
        {
            0 => new ChatReply("") { Body = Thinking },
            1 => new ChatReply("Concepts: c\nGivens: g\nGoal: o\nSteps: s\nTechniques: t"),
            _ => new ChatReply("ANSWER: 4"),
        });
        using var host = Host(server.Endpoint, ("OpenAI:ReturnThoughts", returns), ("OpenAI:Stream", streams));

        var reasoning = await host.Services.GetRequiredService<ReasonerCatalog>().Create(ReasonerSpec.Parse("tools"))
            .SolveAsync(new("q", "2+2?"), SolveOptions.Default, TestContext.Current.CancellationToken);

        Assert.Equal((StopReason.Completed, "ANSWER: 4", null), (reasoning.Stop, reasoning.Answer, reasoning.Error));
        Assert.Equal(4, reasoning.Usage.ThoughtTokens);
        var assistant = server.Calls[2].Body["messages"]!.AsArray().Single(m => (string?)m!["role"] == "assistant")!;
        Assert.Equal(returns == "true" ? "I must look." : null, (string?)assistant["reasoning_content"]);
    }

    [Fact]
    public async Task Thoughts_before_the_last_user_message_are_not_sent()
    {
        await using var server = await ChatCompletionsServer.StartAsync("ok");
        using var host = Host(server.Endpoint);
        ChatMessage[] messages =
        [
            new(ChatRole.User, "a"),
            new(ChatRole.Assistant, [new TextReasoningContent("old"), new FunctionCallContent("1", "f")]),
            new(ChatRole.Tool, [new FunctionResultContent("1", "r")]),
            new(ChatRole.User, "b"),
            new(ChatRole.Assistant, [new TextReasoningContent("new"), new FunctionCallContent("2", "f")]),
            new(ChatRole.Tool, [new FunctionResultContent("2", "r")]),
        ];

        await host.Services.GetRequiredKeyedService<IChatClient>("verbal")
            .GetResponseAsync(messages, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(
            [null, null, null, null, "new", null],
            server.Calls[0].Body["messages"]!.AsArray().Select(static m => (string?)m!["reasoning_content"]));
    }

    [Fact]
    public async Task A_server_refuses_a_budget_of_thought_tokens()
    {
        await using var server = await ChatCompletionsServer.StartAsync("ok");
        using var host = Host(server.Endpoint);

        var error = Assert.Throws<ArgumentException>(
            () => host.Services.GetRequiredService<ReasonerCatalog>().Create(ReasonerSpec.Parse("cot:thoughts=50")));
        Assert.Contains("only the local engine", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<NotSupportedException>(() => host.Services.GetRequiredKeyedService<IChatClient>("verbal").GetResponseAsync(
            "x", new() { AdditionalProperties = new() { [ChatOptionKeys.ThoughtTokens] = 5 } }, TestContext.Current.CancellationToken));
        Assert.Empty(server.Calls);
    }

    [Theory]
    [InlineData("cot:think=low", "low", 2_048 + 16_384)]
    [InlineData("cot:think=on", "medium", 2_048 + 16_384)]
    [InlineData("cot", null, 2_048)]
    public async Task Effort_and_room_for_thoughts_are_sent(string arm, string? effort, int tokens)
    {
        await using var server = await ChatCompletionsServer.StartAsync("ANSWER: 4");
        using var host = Host(server.Endpoint);

        await host.Services.GetRequiredService<ReasonerCatalog>().Create(ReasonerSpec.Parse(arm))
            .SolveAsync(new("q", "2+2?"), SolveOptions.Default, TestContext.Current.CancellationToken);

        var body = server.Calls[0].Body;
        Assert.Equal((effort, tokens), ((string?)body["reasoning_effort"], (int)body["max_tokens"]!));
    }

    private static IHost Host(string endpoint, params (string Key, string Value)[] settings)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection([new("OpenAI:Endpoint", endpoint), new("OpenAI:Model", ChatCompletionsServer.Model)]);
        builder.Configuration.AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value)));
        builder.Services.AddOpenAICompatibleClient().AddCognitiveTools();
        return builder.Build();
    }
}
