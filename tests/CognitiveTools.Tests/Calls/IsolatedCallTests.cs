using CognitiveTools.Calls;
using CognitiveTools.Chat;
using CognitiveTools.Latents;
using CognitiveTools.Prompts;
using CognitiveTools.Reasoners;
using CognitiveTools.Testing;
using CognitiveTools.Tools;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Time.Testing;

namespace CognitiveTools.Tests.Calls;

public sealed class IsolatedCallTests
{
    private const string Kept = "Identified Issues: step 2\nBacktrack Point: step 1\nRevised Strategy: divide";

    [Fact]
    public async Task The_model_sees_the_prompt_no_tools_and_the_calls_own_limits()
    {
        var client = new ScriptedChatClient(Kept);
        var result = await new IsolatedCall(client)
            .InvokeAsync(Request("a<b {{x}}") with { Seed = 9, MaxOutputTokens = 100 }, TestContext.Current.CancellationToken);

        var request = Assert.Single(client.Requests);
        Assert.Equal([ChatRole.User], request.Messages.Select(m => m.Role));
        Assert.StartsWith("Problem:\n\\frac{{1}}{{2}}\n\nReasoning so far:\na<b {{x}}\n\nYou assist", request.LastText,
            StringComparison.Ordinal);
        Assert.Null(request.Options!.Tools);
        Assert.Equal((9L, 100, null), (request.Options.Seed, request.Options.MaxOutputTokens, request.Options.Temperature));
        Assert.Equal((CallOutcome.Answered, Kept), (result.Outcome, result.Text));
        Assert.Null(result.Reason);
        Assert.Empty(result.Notes);
        Assert.Equal((0, 0, 11), (result.Usage.Prompt, result.Usage.Generated, result.Usage.ToolGenerated));
        Assert.True(result.Usage.ToolPrompt > 20);
    }

    [Fact]
    public async Task A_call_samples_as_its_caller_does_unless_the_tool_has_a_temperature()
    {
        var client = new ScriptedChatClient(Kept);
        var sampling = new SamplingSettings { Temperature = 0.6f, TopP = 0.9f };
        var request = Request() with { Sampling = sampling };
        var own = request.Tool with { Limits = request.Tool.Limits with { Temperature = 0.1f } };

        foreach (var call in (ToolCall[])[request, request with { Tool = own }])
            await new IsolatedCall(client).InvokeAsync(call, TestContext.Current.CancellationToken);

        Assert.Equal([(0.6f, 0.9f), (0.1f, 0.9f)], client.Requests.Select(r => (r.Options!.Temperature!.Value, r.Options.TopP!.Value)));
        Assert.Equal([false, true], client.Requests.Select(r =>
            r.Options!.AdditionalProperties?.ContainsKey(ChatOptionKeys.TemperatureIsDefault) is true));
    }

    [Fact]
    public async Task An_output_that_breaks_its_contract_is_handed_over_and_says_so()
    {
        var result = await Call(new ScriptedChatClient("just some words"));
        Assert.Equal((CallOutcome.ContractBroken, "just some words"), (result.Outcome, result.Text));
        Assert.Contains("'Backtrack Point' is missing", result.Reason, StringComparison.Ordinal);
        Assert.Equal(3, result.Notes.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<think>only thoughts")]
    public async Task An_empty_output_breaks_the_contract(string output)
    {
        var result = await Call(new ScriptedChatClient(output));
        Assert.Equal((CallOutcome.ContractBroken, "", "the output is empty"), (result.Outcome, result.Text, result.Reason));
    }

    [Fact]
    public async Task An_output_cut_by_the_token_limit_is_truncated()
    {
        var result = await new IsolatedCall(new ScriptedChatClient(Kept))
            .InvokeAsync(Request() with { MaxOutputTokens = 2 }, TestContext.Current.CancellationToken);
        Assert.Equal((CallOutcome.Truncated, "Identified Issues:"), (result.Outcome, result.Text));
    }

    [Fact]
    public async Task Thoughts_are_removed_and_kept_in_the_raw_text()
    {
        var result = await Call(new ScriptedChatClient($"<think>secret plan</think>\n{Kept}"));
        Assert.Equal((CallOutcome.Answered, Kept), (result.Outcome, result.Text));
        Assert.Contains("secret plan", result.Raw, StringComparison.Ordinal);
        Assert.Equal([ModelTurn.NoThoughtCount, "thoughts of the tool were removed"], result.Notes);
    }

    [Fact]
    public async Task A_long_output_keeps_head_and_tail_around_a_visible_gap()
    {
        var request = Request();
        var tool = request.Tool with { Limits = request.Tool.Limits with { MaxOutputCharacters = 300 } };
        var output = $"Identified Issues: {new string('a', 500)}\nBacktrack Point: x\nRevised Strategy: end";
        var result = await new IsolatedCall(new ScriptedChatClient(output))
            .InvokeAsync(request with { Tool = tool }, TestContext.Current.CancellationToken);

        Assert.Equal(CallOutcome.Answered, result.Outcome);
        Assert.StartsWith("Identified Issues: aaa", result.Text, StringComparison.Ordinal);
        Assert.EndsWith("Revised Strategy: end", result.Text, StringComparison.Ordinal);
        Assert.Contains($"[... {output.Length - 300} characters left out ...]", result.Text, StringComparison.Ordinal);
        Assert.Contains($"output of {output.Length} characters was cut to 300", result.Notes);
    }

    [Fact]
    public async Task A_long_argument_is_cut_visibly()
    {
        var client = new ScriptedChatClient(Kept);
        var result = await new IsolatedCall(client).InvokeAsync(Request(new string('z', 20_000)), TestContext.Current.CancellationToken);
        Assert.Contains("[... 8000 characters left out ...]", client.Requests[0].LastText, StringComparison.Ordinal);
        Assert.Equal(["argument 'reasoning_trace' of 20000 characters was cut to 12000"], result.Notes);
    }

    [Fact]
    public async Task The_calls_time_ends_it_even_for_a_client_that_ignores_cancellation()
    {
        var time = new FakeTimeProvider();
        var calling = new IsolatedCall(new ScriptedChatClient((_, _) => new TaskCompletionSource<ChatResponse>().Task), time)
            .InvokeAsync(Request() with { TimeLimit = TimeSpan.FromSeconds(2) }, TestContext.Current.CancellationToken);
        time.Advance(TimeSpan.FromSeconds(3));
        var result = await calling;
        Assert.Equal((CallOutcome.TimedOut, false), (result.Outcome, result.HasOutput));
    }

    [Fact]
    public async Task A_failing_model_and_a_full_context_are_refusals_with_a_reason()
    {
        var failed = await Call(new ScriptedChatClient((_, _) => throw new HttpRequestException("gone")));
        var full = await Call(new ScriptedChatClient((_, _) => throw new ContextFullException(9, 8)));
        Assert.Equal((CallOutcome.Refused, CallOutcome.Refused), (failed.Outcome, full.Outcome));
        Assert.Contains("gone", failed.Reason, StringComparison.Ordinal);
        Assert.Contains("context is full", full.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_callers_cancellation_throws()
    {
        using var source = new CancellationTokenSource();
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new IsolatedCall(new ScriptedChatClient(Kept)).InvokeAsync(Request(),
            source.Token));
    }

    [Fact]
    public async Task An_optional_argument_left_out_takes_its_default()
    {
        var client = new ScriptedChatClient("x");
        var tool = ToolCatalog.Embedded().Find("examine_answer")!;
        var arguments = new Dictionary<string, string>(StringComparer.Ordinal) { ["question"] = "q", ["current_proposed_answer"] = "4" };
        await new IsolatedCall(client)
            .InvokeAsync(new ToolCall(tool, arguments, PromptProfile.Embedded()), TestContext.Current.CancellationToken);
        Assert.Contains("Reasoning behind it:\n(not given)\n\n", client.Requests[0].LastText, StringComparison.Ordinal);
    }

    private static Task<CallResult> Call(IChatClient client) =>
        new IsolatedCall(client).InvokeAsync(Request(), TestContext.Current.CancellationToken);

    private static ToolCall Request(string trace = "1. a") => new(
        ToolCatalog.Embedded().Find("backtracking")!,
        new Dictionary<string, string>(StringComparer.Ordinal) { ["question"] = @"\frac{{1}}{{2}}", ["reasoning_trace"] = trace },
        PromptProfile.Embedded());
}
