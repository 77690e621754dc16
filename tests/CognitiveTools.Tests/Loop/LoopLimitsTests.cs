using CognitiveTools.Calls;
using CognitiveTools.Latents;
using CognitiveTools.Loop;
using CognitiveTools.Prompts;
using CognitiveTools.Reasoners;
using CognitiveTools.Testing;
using CognitiveTools.Tools;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Time.Testing;
using static CognitiveTools.Tests.Loop.LoopModel;

namespace CognitiveTools.Tests.Loop;

/// <summary>Every limit of the loop: what is recorded, and how the solve ends.</summary>
public sealed class LoopLimitsTests
{
    [Fact]
    public async Task Too_many_refused_calls_force_an_answer()
    {
        var model = new LoopModel("<call>a", "<call>b", "<call>c", "<call>d", "ANSWER: 4");
        var reasoning = await model.SolveAsync();
        Assert.Equal((StopReason.Forced, "ANSWER: 4"), (reasoning.Stop, reasoning.Answer));
        Assert.Equal(["refusedCalls"], reasoning.LimitsHit);
        Assert.StartsWith("No more tools.", model.Turns[^1].LastText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_budget_of_calls_forces_an_answer_in_a_turn_without_tools()
    {
        var model = new LoopModel(Call("understand_question"), Call("recall_related"),
            "ANSWER: 4")
        { Options = new ToolLoopOptions { ToolCalls = 1 } };
        var reasoning = await model.SolveAsync();
        Assert.Equal((StopReason.Forced, 1), (reasoning.Stop, model.Calls.Count));
        Assert.Equal(["toolCalls"], reasoning.LimitsHit);
        var forced = model.Turns[^1];
        Assert.Null(forced.Options!.StopSequences);
        Assert.Equal(512, forced.Options.MaxOutputTokens);
    }

    [Fact]
    public async Task A_tool_called_too_often_is_refused_while_others_stay()
    {
        var model = new LoopModel(
            Call("examine_answer", """{"current_proposed_answer":"1"}"""), Call("examine_answer", """{"current_proposed_answer":"2"}"""),
                Call("understand_question"), "ANSWER: 4");
        var reasoning = await model.SolveAsync(options: new SolveOptions { Budget = new Budget { CallsPerTool = 1 } });
        Assert.Equal(["ContractBroken", "Refused", "Answered"], reasoning.Steps.OfType<Called>().Select(c => c.Outcome));
        Assert.Equal(["callsPerTool:examine_answer"], reasoning.LimitsHit);
        Assert.Equal(StopReason.Completed, reasoning.Stop);
    }

    [Fact]
    public async Task The_budget_of_positions_forces_an_answer()
    {
        var model = new LoopModel(Call("understand_question"), "ANSWER: 4");
        var reasoning = await model.SolveAsync(options: new SolveOptions { Budget = new Budget { Positions = 500 } });
        Assert.Equal(StopReason.Forced, reasoning.Stop);
        Assert.Equal(["positions"], reasoning.LimitsHit);
        Assert.Equal(2, model.Turns.Count);
    }

    [Fact]
    public async Task A_turn_cut_by_what_is_left_of_the_positions_names_that_limit()
    {
        var model = new LoopModel("one two three four five six", "ANSWER: 4");
        var reasoning = await model.SolveAsync(options: new SolveOptions { Budget = new Budget { Positions = 3 } });
        Assert.Equal((StopReason.Forced, "one two three\nANSWER: 4"), (reasoning.Stop, reasoning.Answer));
        Assert.Equal(["positions"], reasoning.LimitsHit);
    }

    [Fact]
    public async Task A_last_turn_that_goes_over_the_positions_by_its_prompt_names_that_limit()
    {
        var reasoning = await new LoopModel("ANSWER: 4\n").SolveAsync(options: new SolveOptions { Budget = new Budget { Positions = 20 } });
        Assert.Equal(StopReason.Completed, reasoning.Stop);
        Assert.True(reasoning.Usage.Positions > 20);
        Assert.Equal(["positions"], reasoning.LimitsHit);
    }

    [Fact]
    public async Task A_turn_cut_by_its_limit_forces_an_answer_unless_the_answer_line_had_ended()
    {
        var cut = new LoopModel("one two three four five six", "ANSWER: 4");
        var reasoning = await cut.SolveAsync(options: new SolveOptions { Budget = new Budget { TokensPerTurn = 3 } });
        Assert.Equal((StopReason.Forced, "one two three\nANSWER: 4"), (reasoning.Stop, reasoning.Answer));
        Assert.Equal(["tokensPerTurn"], reasoning.LimitsHit);

        var answered = new LoopModel("ANSWER: 4\nand then it babbles on");
        Assert.Equal(StopReason.Completed,
            (await answered.SolveAsync(options: new SolveOptions { Budget = new Budget { TokensPerTurn = 4 } })).Stop);
    }

    [Fact]
    public async Task A_text_that_ends_without_an_answer_gets_one_last_turn()
    {
        var model = new LoopModel("I think it is four.", "ANSWER: 4");
        var reasoning = await model.SolveAsync();
        Assert.Equal((StopReason.Forced, "I think it is four.\nANSWER: 4"), (reasoning.Stop, reasoning.Answer));
        Assert.Empty(reasoning.LimitsHit);
    }

    [Fact]
    public async Task A_boxed_answer_needs_no_last_turn() =>
        Assert.Equal(StopReason.Completed, (await new LoopModel(@"So \boxed{4}.").SolveAsync()).Stop);

    [Fact]
    public async Task A_call_in_the_forced_turn_is_not_made()
    {
        var model = new LoopModel("hm", Call("understand_question"));
        var reasoning = await model.SolveAsync();
        Assert.Equal(StopReason.Forced, reasoning.Stop);
        Assert.Empty(model.Calls);
    }

    [Fact]
    public async Task A_forced_turn_that_is_cut_ends_in_a_token_limit()
    {
        var model = new LoopModel("hm", "one two three four") { Options = new ToolLoopOptions { ForcedAnswerTokens = 2 } };
        var reasoning = await model.SolveAsync();
        Assert.Equal(StopReason.TokenLimit, reasoning.Stop);
        Assert.Equal(["forcedAnswerTokens"], reasoning.LimitsHit);
    }

    [Fact]
    public async Task A_full_context_drops_the_oldest_observation_visibly_and_goes_on()
    {
        var main = 0;
        var client = new ScriptedChatClient((request, _) =>
        {
            var isCall = request.Messages.Count == 1 && request.LastText.Contains("You assist", StringComparison.Ordinal);
            if (!isCall && request.Transcript.Contains("LONG", StringComparison.Ordinal))
                throw new ContextFullException(3000, 2048);
            return Task.FromResult(ScriptedChatClient.Generate(request, isCall ? "LONG output" : main++ == 0 ? Call("understand_question")
                : "ANSWER: 4"));
        });
        var loop = new CognitiveToolLoop(client, new IsolatedCall(client), PromptProfile.Embedded(), ToolCatalog.Embedded().Tools);
        var reasoning = await loop.SolveAsync(new Question("q", "2+2?"), SolveOptions.Default, TestContext.Current.CancellationToken);

        Assert.Equal((StopReason.Completed, "ANSWER: 4"), (reasoning.Stop, reasoning.Answer));
        Assert.Equal(["context"], reasoning.LimitsHit);
        Assert.Contains("an observation of understand_question was left out because the context was full", reasoning.Notes);
        Assert.Contains("(left out: the context is full)", client.Requests[^1].Transcript, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_context_that_is_full_from_the_start_is_a_value()
    {
        var client = new ScriptedChatClient((_, _) => throw new ContextFullException(3000, 2048));
        var loop = new CognitiveToolLoop(client, new IsolatedCall(client), PromptProfile.Embedded(), ToolCatalog.Embedded().Tools);
        var reasoning = await loop.SolveAsync(new Question("q", "2+2?"), SolveOptions.Default, TestContext.Current.CancellationToken);
        Assert.Equal(StopReason.ContextFull, reasoning.Stop);
        Assert.Contains("2048", reasoning.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wall_time_ends_the_solve_in_the_middle_of_a_turn_and_of_a_call()
    {
        foreach (var hangAt in new[] { 0, 1 })
        {
            var time = new FakeTimeProvider();
            var client = new ScriptedChatClient((request, _) => request.Index == hangAt
                ? new TaskCompletionSource<ChatResponse>().Task
                : Task.FromResult(ScriptedChatClient.Generate(request, Call("understand_question"))));
            var loop = new CognitiveToolLoop(client, new IsolatedCall(client, time), PromptProfile.Embedded(),
                ToolCatalog.Embedded().Tools, time: time);
            var solving = loop.SolveAsync(new Question("q", "2+2?"),
                new SolveOptions { Budget = new Budget { WallTime = TimeSpan.FromSeconds(9) } }, TestContext.Current.CancellationToken);
            time.Advance(TimeSpan.FromSeconds(10));
            var reasoning = await solving;
            Assert.Equal(StopReason.TimedOut, reasoning.Stop);
            Assert.Equal(["wallTime"], reasoning.LimitsHit);
        }
    }
}
