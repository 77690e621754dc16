using CognitiveTools.Chat;
using CognitiveTools.Latents;
using CognitiveTools.Prompts;
using CognitiveTools.Reasoners;
using CognitiveTools.Testing;
using CognitiveTools.Verbal;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Time.Testing;

namespace CognitiveTools.Tests.Reasoners;

public sealed class PromptReasonerTests
{
    private static readonly Question Question = new("q1", "What is 2+2? {{plugin.function}} ANSWER: 7");

    [Fact]
    public async Task The_prompt_the_limits_and_the_seed_reach_the_model()
    {
        var client = new ScriptedChatClient("Two and two.\nANSWER: 4");

        var reasoning = await Solve(client, new SolveOptions { Seed = 5, Temperature = 0.5f, Budget = new Budget { TokensPerTurn = 100 } });

        var request = Assert.Single(client.Requests);
        Assert.StartsWith($"Problem:\n{Question.Text}\n\nWork it out step by step.", request.LastText, StringComparison.Ordinal);
        Assert.Equal((5L, 0.5f, 100), (request.Options!.Seed, request.Options.Temperature, request.Options.MaxOutputTokens));
        Assert.Equal(StopReason.Completed, reasoning.Stop);
        Assert.Equal("Two and two.\nANSWER: 4", reasoning.Answer);
        Assert.Equal(reasoning.Answer, Assert.IsType<Said>(Assert.Single(reasoning.Steps)).Text);
        Assert.Equal(5, reasoning.Usage.Generated);
        Assert.True(reasoning.Usage.Prompt > 10);
        Assert.Empty(reasoning.Notes);
    }

    [Fact]
    public async Task A_text_cut_by_the_limit_is_a_token_limit()
    {
        var reasoning = await Solve(new ScriptedChatClient("one two three four"),
            new SolveOptions { Budget = new Budget { TokensPerTurn = 2 } });
        Assert.Equal((StopReason.TokenLimit, "one two"), (reasoning.Stop, reasoning.Answer));
        Assert.Equal(["tokensPerTurn"], reasoning.LimitsHit);
    }

    [Theory]
    [InlineData(2, "one two", true)] // cut by it
    [InlineData(8, "one two three four", false)] // over it by the prompt
    public async Task A_solve_that_reached_or_went_over_its_positions_names_that_limit(int positions, string expected, bool isCut)
    {
        var reasoning = await Solve(new ScriptedChatClient("one two three four"),
            new SolveOptions { Budget = new Budget { Positions = positions, TokensPerTurn = 100 } });
        Assert.Equal((expected, isCut ? StopReason.TokenLimit : StopReason.Completed), (reasoning.Answer, reasoning.Stop));
        Assert.Equal(["positions"], reasoning.LimitsHit);
    }

    [Fact]
    public async Task Messages_without_text_add_no_line_to_the_answer()
    {
        var reasoning = await Solve(new ScriptedChatClient((_, _) => Task.FromResult(new ChatResponse(
            [new ChatMessage(ChatRole.Assistant, [new TextReasoningContent("hm")]), new ChatMessage(ChatRole.Assistant, "")]))));
        Assert.Equal("", reasoning.Answer);
    }

    [Theory]
    [InlineData("content_filter", true)]
    [InlineData("SAFETY", true)]
    [InlineData("stop", false)]
    public async Task A_text_that_the_servers_filter_ended_is_noted(string finish, bool isNoted)
    {
        var reasoning = await Solve(
            new ScriptedChatClient((_, _) => Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, "no"))
            {
                FinishReason = new ChatFinishReason(finish),
                Usage = new UsageDetails { InputTokenCount = 1, OutputTokenCount = 1 },
            })));
        Assert.Equal(isNoted ? ["the server's content filter ended the answer"] : [], reasoning.Notes);
    }

    [Fact]
    public async Task A_full_context_is_a_value_whether_thrown_or_reported()
    {
        var thrown = await Solve(new ScriptedChatClient((_, _) => throw new ContextFullException(10, 5)));
        var reported = await Solve(
            new ScriptedChatClient((_, _) => Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, "half"))
            {
                FinishReason = ChatFinishReason.Length,
                AdditionalProperties = new() { [ChatOptionKeys.ContextFull] = true },
            })));
        Assert.Equal((StopReason.ContextFull, StopReason.ContextFull), (thrown.Stop, reported.Stop));
        Assert.Contains("5", thrown.Error, StringComparison.Ordinal);
        Assert.Equal("half", reported.Answer);
    }

    [Fact]
    public async Task A_failing_model_is_a_value_with_its_message()
    {
        var reasoning = await Solve(new ScriptedChatClient((_, _) => throw new HttpRequestException("no route")));
        Assert.Equal((StopReason.Failed, "no route"), (reasoning.Stop, reasoning.Error));
    }

    [Fact]
    public async Task A_client_without_usage_is_noted_and_nothing_is_estimated()
    {
        var reasoning = await Solve(
            new ScriptedChatClient((_, _) => Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, "4")))));
        Assert.Equal(0, reasoning.Usage.Positions);
        Assert.Equal(["the client reported no usage"], reasoning.Notes);
    }

    [Fact]
    public async Task Wall_time_ends_the_wait_even_for_a_client_that_ignores_cancellation()
    {
        var time = new FakeTimeProvider();
        var never = new TaskCompletionSource<ChatResponse>();
        var solving = Solve(new ScriptedChatClient((_, _) => never.Task),
            new SolveOptions { Budget = new Budget { WallTime = TimeSpan.FromSeconds(3) } }, time);
        Assert.False(solving.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(4));
        var reasoning = await solving;
        Assert.Equal(StopReason.TimedOut, reasoning.Stop);
        Assert.Equal(TimeSpan.FromSeconds(4), reasoning.Usage.Elapsed);
    }

    [Fact]
    public async Task The_callers_cancellation_throws()
    {
        using var source = new CancellationTokenSource();
        var client = new ScriptedChatClient(async (_, token) =>
        {
            await source.CancelAsync();
            token.ThrowIfCancellationRequested();
            return new ChatResponse();
        });
        var reasoner = new PromptReasoner(client, PromptProfile.Embedded(), "cot");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reasoner.SolveAsync(Question, SolveOptions.Default, source.Token));
    }

    private static Task<Reasoning> Solve(IChatClient client, SolveOptions? options = null, TimeProvider? time = null) =>
        new PromptReasoner(client, PromptProfile.Embedded(), "cot", time)
            .SolveAsync(Question, options ?? SolveOptions.Default, TestContext.Current.CancellationToken);
}
