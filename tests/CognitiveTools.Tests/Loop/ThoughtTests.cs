using CognitiveTools.Calls;
using CognitiveTools.Chat;
using CognitiveTools.Loop;
using CognitiveTools.Prompts;
using CognitiveTools.Reasoners;
using CognitiveTools.Testing;
using CognitiveTools.Tools;
using Microsoft.Extensions.AI;
using static CognitiveTools.Tests.Loop.LoopModel;

namespace CognitiveTools.Tests.Loop;

/// <summary>What the loop does with the thoughts of a model: history, budgets, bill.</summary>
public sealed class ThoughtTests
{
    [Fact]
    public async Task Thoughts_stay_in_the_conversation_apart_from_the_text()
    {
        var model = new LoopModel(
            $"<think>I should look closer.</think>{Call("understand_question")}", "<think>Now I know.</think>ANSWER: 4");

        var reasoning = await model.SolveAsync();

        var assistant = model.Turns[1].Messages.Single(static m => m.Role == ChatRole.Assistant);
        Assert.Contains("look closer", assistant.Contents.OfType<TextReasoningContent>().Single().Text, StringComparison.Ordinal);
        Assert.Equal(Call("understand_question"), assistant.Text);
        Assert.Equal(StopReason.Completed, reasoning.Stop);
    }

    [Theory]
    [InlineData("<think>and so on and", false)] // thoughts in the text
    [InlineData("", false)] // thoughts apart, or no text at all
    [InlineData("", true)]
    public async Task A_turn_cut_in_its_thoughts_leaves_no_two_user_messages_in_a_row_and_names_the_limit(string text, bool thinks)
    {
        var turn = 0;
        var client = new ScriptedChatClient((_, _) => Task.FromResult(++turn == 1
            ? new ChatResponse(new ChatMessage(ChatRole.Assistant, [new TextReasoningContent("thinking"), new TextContent(text)]))
            {
                FinishReason = ChatFinishReason.Length,
                Usage = new() { InputTokenCount = 10, OutputTokenCount = 20, ReasoningTokenCount = 18 },
            }
            : new ChatResponse(new ChatMessage(ChatRole.Assistant, "ANSWER: 4"))
            {
                Usage = new() { InputTokenCount = 10, OutputTokenCount = 3 },
            }));
        var loop = new CognitiveToolLoop(
            client, new IsolatedCall(client), PromptProfile.Embedded(), ToolCatalog.Embedded().Tools,
            new ToolLoopOptions { Thinking = new() { Effort = thinks ? ReasoningEffort.Medium : null } });

        var reasoning = await loop.SolveAsync(new("q", "2+2?"), SolveOptions.Default, TestContext.Current.CancellationToken);

        Assert.Equal((StopReason.Forced, "ANSWER: 4"), (reasoning.Stop, reasoning.Answer.Trim()));
        var roles = client.Requests[1].Messages.Select(static m => m.Role).ToArray();
        Assert.DoesNotContain(roles.Zip(roles.Skip(1)), static pair => pair.First == pair.Second);
        Assert.Equal(18, reasoning.Usage.ThoughtTokens);
        Assert.Equal([thinks ? "thoughtTokens" : "tokensPerTurn"], reasoning.LimitsHit);
    }

    [Fact]
    public async Task Thoughts_have_a_budget_apart_from_answers_positions_and_tools()
    {
        var model = new LoopModel(Call("understand_question"), "ANSWER: 4")
        {
            Options = new ToolLoopOptions { Thinking = new() { Effort = ReasoningEffort.High } },
        };

        await model.SolveAsync(options: new SolveOptions { Budget = new Budget { TokensPerTurn = 100, ThoughtTokens = 5_000 } });

        var tool = model.Tools.Single(static tool => tool.Name == "understand_question").Limits.MaxOutputTokens;
        foreach (var (request, answer) in new[] { (model.Turns[0], 100), (model.Calls[0], tool) })
        {
            Assert.Equal(ReasoningEffort.High, request.Options!.Reasoning!.Effort);
            Assert.Equal(answer + 5_000, request.Options.MaxOutputTokens);
            Assert.Equal(answer, request.Options.AdditionalProperties![ChatOptionKeys.AnswerTokens]);
        }
    }

    [Fact]
    public void Thought_tokens_do_not_spend_the_positions_until_their_own_budget_is_spent()
    {
        var record = new SolveRecord(
            new SolveOptions { Budget = new Budget { Positions = 100, ThoughtTokens = 50 } }, TimeProvider.System);
        record.Usage = new Usage { Prompt = 10, Generated = 60, ThoughtTokens = 40 };
        Assert.Equal((70, 10), (record.Remaining, record.ThoughtsLeft));
        record.Usage += new Usage { ToolGenerated = 30, ToolThoughtTokens = 30 };
        Assert.Equal((50, 0), (record.Remaining, record.ThoughtsLeft));
    }
}
