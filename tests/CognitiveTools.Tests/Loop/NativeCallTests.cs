using System.Text.Json;
using CognitiveTools.Calls;
using CognitiveTools.Loop;
using CognitiveTools.Prompts;
using CognitiveTools.Reasoners;
using CognitiveTools.Testing;
using CognitiveTools.Tools;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Tests.Loop;

public sealed class NativeCallTests
{
    private const string Notes = "Concepts: c\nGivens: g\nGoal: o\nSteps: s\nTechniques: t";

    [Fact]
    public async Task A_native_call_is_made_and_its_result_goes_back_under_its_id()
    {
        var client = Client(Called("why not", Call("id-1", "understand_question")), Said("ANSWER: 4"));

        var reasoning = await SolveAsync(client);

        Assert.Equal((StopReason.Completed, "ANSWER: 4"), (reasoning.Stop, reasoning.Answer));
        Assert.Equal(nameof(CallOutcome.Answered), Assert.Single(reasoning.Steps.OfType<Called>()).Outcome);
        var last = client.Requests[^1].Messages;
        Assert.Equal("id-1", Assert.Single(last[^2].Contents.OfType<FunctionCallContent>()).CallId);
        Assert.Equal("why not", last[^2].Text);
        var result = Assert.IsType<FunctionResultContent>(Assert.Single(last[^1].Contents));
        Assert.Equal((ChatRole.Tool, "id-1"), (last[^1].Role, result.CallId));
        Assert.Contains("Concepts: c", (string)result.Result!, StringComparison.Ordinal);
        Assert.Contains("not instructions", (string)result.Result!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_client_is_shown_the_tools_without_what_the_host_supplies()
    {
        var client = Client(Said("ANSWER: 4"));

        await SolveAsync(client);

        var options = client.Requests[0].Options!;
        Assert.Equal(ToolCatalog.Embedded().Tools.Select(t => t.Name), options.Tools!.Select(t => t.Name));
        Assert.All(options.Tools!,
            tool => Assert.False(((AIFunctionDeclaration)tool).JsonSchema.GetProperty("properties").TryGetProperty("question", out _)));
        Assert.IsNotType<AIFunction>(options.Tools![0], exactMatch: false);
        Assert.False(options.AllowMultipleToolCalls);
    }

    [Fact]
    public async Task Only_the_first_of_several_calls_is_made_and_the_others_leave_no_open_call_behind()
    {
        var client = Client(Called("", Call("a", "understand_question"), Call("b", "recall_related")), Said("ANSWER: 4"));

        var reasoning = await SolveAsync(client);

        var called = Assert.Single(reasoning.Steps.OfType<Called>());
        Assert.Equal("understand_question", called.Tool);
        Assert.Contains(called.Notes, n => n.Contains("1 further calls", StringComparison.Ordinal));
        Assert.Equal(["a"], client.Requests[^1].Messages.SelectMany(m => m.Contents).OfType<FunctionCallContent>().Select(c => c.CallId));
    }

    [Theory]
    [InlineData("nope", "{}", "there is no tool 'nope'")]
    [InlineData("examine_answer", "{}", "needs the argument 'current_proposed_answer'")]
    public async Task A_native_call_that_cannot_be_made_is_answered_with_the_reason(string tool, string arguments, string reason)
    {
        var client = Client(Called("", Call("x", tool, arguments)), Said("ANSWER: 4"));

        var reasoning = await SolveAsync(client);

        Assert.Equal(nameof(CallOutcome.Refused), Assert.Single(reasoning.Steps.OfType<Called>()).Outcome);
        var result = Assert.Single(client.Requests[^1].Messages.SelectMany(m => m.Contents).OfType<FunctionResultContent>());
        Assert.Contains(reason, (string)result.Result!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Arguments_that_the_client_could_not_read_refuse_the_call()
    {
        var broken = new FunctionCallContent("x", "recall_related") { Exception = new FormatException("cut JSON") };
        var client = Client(Called("", broken), Said("ANSWER: 4"));

        var reasoning = await SolveAsync(client);

        Assert.Contains("cut JSON", Assert.Single(reasoning.Steps.OfType<Called>()).Observation, StringComparison.Ordinal);
        Assert.Equal(StopReason.Completed, reasoning.Stop);
    }

    [Fact]
    public async Task Numbers_lists_and_maps_reach_the_tool_as_text()
    {
        var client = Client(Called("",
            Call("x", "examine_answer", """{"current_proposed_answer":12,"current_reasoning":["a",{"b":null}]}""")), Said("ANSWER: 4"));

        var reasoning = await SolveAsync(client);

        using var arguments = JsonDocument.Parse(Assert.Single(reasoning.Steps.OfType<Called>()).Arguments);
        Assert.Equal("12", arguments.RootElement.GetProperty("current_proposed_answer").GetString());
        Assert.Equal("""["a",{"b":null}]""", arguments.RootElement.GetProperty("current_reasoning").GetString());
    }

    [Fact]
    public async Task A_call_written_in_text_is_understood_in_the_native_style_too()
    {
        var client = Client(Said(LoopModel.Call("understand_question")), Said("ANSWER: 4"));

        var reasoning = await SolveAsync(client);

        Assert.Single(reasoning.Steps.OfType<Called>());
        Assert.Equal(ChatRole.User, client.Requests[^1].Messages[^1].Role);
    }

    [Fact]
    public async Task The_forced_answer_turn_has_no_tools()
    {
        var client = Client(Said("no answer line"), Said("ANSWER: 4"));

        await SolveAsync(client);

        Assert.NotNull(client.Requests[0].Options!.Tools);
        Assert.Null(client.Requests[1].Options!.Tools);
    }

    [Fact]
    public void Native_calls_without_isolation_are_refused() =>
        Assert.Contains("isolation=off", Assert.Throws<ArgumentException>(() => Loop(Client(), ToolIsolation.Off)).Message,
            StringComparison.Ordinal);

    private static Task<Reasoning> SolveAsync(ScriptedChatClient client) =>
        Loop(client).SolveAsync(new Question("q", "What is 2+2?"), SolveOptions.Default, TestContext.Current.CancellationToken);

    private static CognitiveToolLoop Loop(ScriptedChatClient client, ToolIsolation isolation = ToolIsolation.On) => new(
        client,
        new IsolatedCall(new ScriptedChatClient(_ => Notes)),
        PromptProfile.Embedded(),
        ToolCatalog.Embedded().Tools,
        new ToolLoopOptions { Style = CallStyle.Native, Isolation = isolation });

    private static ScriptedChatClient Client(params ChatMessage[] turns) =>
        new((request, _) => Task.FromResult(new ChatResponse(turns[request.Index])
        {
            FinishReason = ChatFinishReason.Stop,
            Usage = new UsageDetails { InputTokenCount = 10, OutputTokenCount = 5 }
        }));

    private static ChatMessage Said(string text) => new(ChatRole.Assistant, text);

    private static ChatMessage Called(string text, params FunctionCallContent[] calls) =>
        new(ChatRole.Assistant, [new TextContent(text), .. calls]);

    private static FunctionCallContent Call(string id, string tool, string arguments = "{}") =>
        new(id, tool, JsonSerializer.Deserialize<Dictionary<string, object?>>(arguments));
}
