using System.Text.Json;
using CognitiveTools.Calls;
using CognitiveTools.Functions;
using CognitiveTools.Prompts;
using CognitiveTools.Testing;
using CognitiveTools.Tools;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Tests.Functions;

public sealed class CognitiveToolFunctionsTests
{
    private const string Question = @"If $a<b$ & \frac{{1}}{{2}}, what is a?";
    private const string Notes = "Concepts: c\nGivens: g\nGoal: o\nSteps: s\nTechniques: t";

    [Fact]
    public void Name_description_and_schema_are_the_tools_own()
    {
        var functions = Create(new ScriptedChatClient());

        Assert.Equal(ToolCatalog.Embedded().Tools.Select(t => (t.Name, t.Description)), functions.Select(f => (f.Name, f.Description)));
        Assert.All(functions, f => Assert.True(JsonElement.DeepEquals(ToolCatalog.Embedded().Find(f.Name)!.Schema, f.JsonSchema)));
    }

    [Fact]
    public async Task A_function_calling_client_runs_the_tool_in_isolation_and_reads_its_text()
    {
        var tool = new ScriptedChatClient(Notes);
        var main = Caller("understand_question", new Dictionary<string,
            object?>(StringComparer.Ordinal)
        { ["question"] = JsonSerializer.SerializeToElement(Question) });
        using var client = new FunctionInvokingChatClient(main);

        var response = await client.GetResponseAsync(
            [new(ChatRole.System, "secret of the caller"), new(ChatRole.User, Question)], new ChatOptions { Tools = [.. Create(tool)] },
                TestContext.Current.CancellationToken);

        Assert.Equal("ANSWER: 4", response.Text);
        Assert.StartsWith($"Problem:\n{Question}\n\nYou assist", Assert.Single(tool.Requests).LastText, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", tool.Requests[0].Transcript, StringComparison.Ordinal);
        Assert.Null(tool.Requests[0].Options!.Tools);
        Assert.Equal(Notes, Assert.Single(main.Requests[1].Messages.SelectMany(m => m.Contents).OfType<FunctionResultContent>()).Result);
    }

    [Fact]
    public async Task A_streaming_function_calling_client_does_the_same()
    {
        var main = Caller("understand_question", new Dictionary<string, object?>(StringComparer.Ordinal) { ["question"] = Question });
        using var client = new FunctionInvokingChatClient(main);
        var text = "";
        await foreach (var update in client.GetStreamingResponseAsync(Question,
            new ChatOptions { Tools = [.. Create(new ScriptedChatClient(Notes))] }, TestContext.Current.CancellationToken))
            text += update.Text;
        Assert.Equal("ANSWER: 4", text);
    }

    [Theory]
    [InlineData("examine_answer", """{"question":"q"}""", "error: examine_answer needs the argument 'current_proposed_answer'")]
    [InlineData("examine_answer", """{"question":"q","current_proposed_answer":null}""",
        "error: examine_answer needs the argument 'current_proposed_answer'")]
    [InlineData("recall_related", """{"question":"q","mood":"glad"}""", "error: recall_related has no argument 'mood'; it has: question")]
    public async Task A_wrong_argument_is_an_error_the_calling_model_can_correct(string name, string json, string expected)
    {
        var client = new ScriptedChatClient();
        var function = Create(client).Single(f => f.Name == name);
        var arguments = JsonSerializer.Deserialize<Dictionary<string, object?>>(json)!;

        var text = await function.InvokeAsync(new AIFunctionArguments(arguments), TestContext.Current.CancellationToken);
        var result = await function.CallAsync(arguments, TestContext.Current.CancellationToken);

        Assert.StartsWith(expected, Assert.IsType<string>(text), StringComparison.Ordinal);
        Assert.Equal(CallOutcome.Refused, result.Outcome);
        Assert.Empty(client.Requests);
    }

    [Theory]
    [InlineData("7", true)]
    [InlineData("\"7\"", true)]
    [InlineData("\"seven\"", false)]
    [InlineData("7.5", false)]
    public void A_value_must_be_of_its_parameters_type(string json, bool accepted)
    {
        var tool = new CognitiveTool("count", "Counts.", "count", [new ToolParameter("n", "How many.") { Type = "integer" }]);
        var read = ToolCall.Read(tool, PromptProfile.Embedded(), _ => JsonSerializer.Deserialize<JsonElement>(json));
        Assert.Equal(accepted ? null : "the argument 'n' of count must be of type integer", read.Refusal);
    }

    [Fact]
    public async Task The_same_arguments_get_the_same_seed_and_others_another()
    {
        var client = new ScriptedChatClient(Notes, Notes, Notes);
        var function = Create(client).Single(f => f.Name == "understand_question");
        foreach (var question in new[] { "a", "a", "b" })
            await function.CallAsync(new Dictionary<string, object?>(StringComparer.Ordinal) { ["question"] = question },
                TestContext.Current.CancellationToken);
        var seeds = client.Requests.Select(r => r.Options!.Seed).ToList();
        Assert.Equal(seeds[0], seeds[1]);
        Assert.NotEqual(seeds[0], seeds[2]);
    }

    [Fact]
    public async Task A_failing_model_is_a_refusal_and_a_cancelling_caller_is_not()
    {
        var failing = Create(new ScriptedChatClient((_, _) => throw new HttpRequestException("no route")));
        var arguments = new Dictionary<string, object?>(StringComparer.Ordinal) { ["question"] = "q" };
        Assert.Contains("no route", (await failing[^1].CallAsync(arguments, TestContext.Current.CancellationToken)).ToText(),
            StringComparison.Ordinal);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => failing[^1].CallAsync(arguments, new CancellationToken(canceled: true)));
    }

    private static IReadOnlyList<CognitiveToolFunction> Create(IChatClient client) =>
        CognitiveToolFunctions.Create(ToolCatalog.Embedded(), PromptProfile.Embedded(), new IsolatedCall(client));

    // Asks for the tool first and answers once its result is there.
    private static ScriptedChatClient Caller(string tool, Dictionary<string, object?> arguments) => new((request, _) => Task.FromResult(
        request.Messages.Any(m => m.Contents.OfType<FunctionResultContent>().Any())
            ? ScriptedChatClient.Generate(request, "ANSWER: 4")
            : new ChatResponse(new ChatMessage(ChatRole.Assistant,
                [new FunctionCallContent("call-1", tool, arguments)]))
            { FinishReason = ChatFinishReason.ToolCalls }));
}
