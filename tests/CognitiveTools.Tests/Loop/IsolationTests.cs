using CognitiveTools.Calls;
using CognitiveTools.Loop;
using CognitiveTools.Prompts;
using CognitiveTools.Reasoners;
using CognitiveTools.Testing;
using CognitiveTools.Tools;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Tests.Loop;

public sealed class IsolationTests
{
    private const string Question = "What is 2+2?";

    [Fact]
    public async Task Without_isolation_the_tool_sees_the_whole_conversation_and_its_own_prompt_last()
    {
        var (requests, reasoning) = await SolveAsync(ToolIsolation.Off);

        Assert.Equal(3, requests.Count);
        var call = requests[1];
        Assert.Equal([ChatRole.System, ChatRole.User, ChatRole.Assistant, ChatRole.User], call.Messages.Select(m => m.Role));
        Assert.Contains("MAIN-SECRET", call.Transcript, StringComparison.Ordinal);
        Assert.Contains("You assist another solver by making this problem clear", call.LastText, StringComparison.Ordinal);
        Assert.StartsWith($"Problem:\n{Question}", call.LastText, StringComparison.Ordinal);
        Assert.Null(call.Options!.Tools);

        // What comes back enters the main conversation as it does with isolation: the tool's prompt does not stay there.
        Assert.DoesNotContain("You assist another solver", requests[2].Transcript, StringComparison.Ordinal);
        Assert.Equal("ANSWER: 4", reasoning.Answer);
    }

    [Fact]
    public async Task Shuffled_hands_over_the_output_of_another_problem_cut_to_the_real_length()
    {
        var (requests, reasoning) = await SolveAsync(ToolIsolation.Shuffled);

        var called = reasoning.Steps.OfType<Called>().Single();
        Assert.Equal("Concepts: about OTHER p", called.Observation);
        Assert.Equal("Concepts: about 2+2 now".Length, called.Observation.Length);
        Assert.Contains(called.Notes, note => note.Contains("other problems", StringComparison.Ordinal));
        Assert.DoesNotContain("about 2+2 now", requests[^1].Transcript, StringComparison.Ordinal);
        var calls = requests.Where(r => r.Messages.Count == 1
            && r.Transcript.Contains("You assist another solver", StringComparison.Ordinal)).ToArray();
        Assert.Equal(2, calls.Length); // the real one and the foreign one, and both are paid for
        Assert.Equal(calls.Sum(c => c.Messages.Sum(m => m.Text.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Length)),
            reasoning.Usage.ToolPrompt);
    }

    [Fact]
    public void Shuffling_needs_two_different_donors() =>
        Assert.Contains("Donors", Assert.Throws<ArgumentException>(() => new ShuffledToolInvoker(
            new IsolatedCall(new ScriptedChatClient()), [new("a", "x"), new("b", "x")])).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("2. Check: all test cases pass.", "all test cases pass")]
    [InlineData("I ran the code and it is 4.", "I ran the code")]
    [InlineData("After executing the program we see 4.", "After executing the program")]
    [InlineData("The code outputs 4.", "The code outputs")]
    [InlineData("I put 2 back in: 2 + 2 = 4, which holds.", null)]
    [InlineData("Run through the cases: 1, 2, 3.", null)]
    public void A_check_that_nothing_executed_is_noticed_when_it_is_claimed(string output, string? claim)
    {
        Assert.Equal(claim, new OutputContract().UnexecutedClaim(output));
        Assert.Null(new OutputContract { RunsNothing = false }.UnexecutedClaim(output));
    }

    [Fact]
    public void The_profile_of_the_paper_has_every_prompt_and_fits_the_tools()
    {
        var paper = PromptProfile.Embedded("paper");
        foreach (var tool in ToolCatalog.Embedded().Tools)
            ToolCatalog.Check(tool, paper);
        _ = new CognitiveToolLoop(new ScriptedChatClient(), new IsolatedCall(new ScriptedChatClient()), paper,
            ToolCatalog.Embedded().Tools, new ToolLoopOptions { Style = CallStyle.Python, Binding = QuestionBinding.Model });
        foreach (var baseline in new[] { "direct", "cot", "cognitive" })
            Assert.Contains("Solve the math problem: '1+1?'",
                paper.Render(baseline, new Dictionary<string, string> { ["question"] = "1+1?" })[^1].Text, StringComparison.Ordinal);
    }

    private static async Task<(IReadOnlyList<ScriptedRequest> Requests, Reasoning Reasoning)> SolveAsync(ToolIsolation isolation)
    {
        var turns = 0;
        var client = new ScriptedChatClient(request =>
            request.Transcript.Contains("You assist another solver", StringComparison.Ordinal)
                ? request.LastText.StartsWith($"Problem:\n{Question}\n", StringComparison.Ordinal) ? "Concepts: about 2+2 now"
                    : "Concepts: about OTHER problems, at length"
                : turns++ == 0 ? $"MAIN-SECRET {LoopModel.Call("understand_question")}" : "ANSWER: 4");
        var donors = new Question[] { new("d1", "What is 3+3?"), new("d2", "What is 5+5?") };
        IToolInvoker invoker = new IsolatedCall(client);
        if (isolation == ToolIsolation.Shuffled)
            invoker = new ShuffledToolInvoker(invoker, donors);
        var loop = new CognitiveToolLoop(client, invoker, PromptProfile.Embedded(), ToolCatalog.Embedded().Tools,
            new ToolLoopOptions { Isolation = isolation });
        var reasoning = await loop.SolveAsync(new Question("q", Question), SolveOptions.Default, TestContext.Current.CancellationToken);
        return (client.Requests, reasoning);
    }
}
