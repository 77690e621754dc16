using CognitiveTools.Loop;
using static CognitiveTools.Tests.Loop.LoopModel;

namespace CognitiveTools.Tests.Loop;

public sealed class GoldenPromptTests
{
    [Theory]
    [InlineData(nameof(CallStyle.Json), nameof(QuestionBinding.Host))]
    [InlineData(nameof(CallStyle.Json), nameof(QuestionBinding.Model))]
    [InlineData(nameof(CallStyle.Python), nameof(QuestionBinding.Host))]
    public async Task The_opening_is_the_golden_one(string style, string binding)
    {
        var options = new ToolLoopOptions { Style = Enum.Parse<CallStyle>(style), Binding = Enum.Parse<QuestionBinding>(binding) };
        var model = new LoopModel("ANSWER: 4") { Options = options };
        await model.SolveAsync(@"Is $a<b$ & \frac{{1}}{{2}}?");
        Golden.Match($"opening-{style}-{binding}".ToLowerInvariant(), model.Turns[0].Transcript);
    }

    [Fact]
    public async Task A_whole_conversation_is_the_golden_one()
    {
        var model = new LoopModel(
            Call("understand_question"), Call("examine_answer", """{"current_proposed_answer":"5"}"""), Call("calculator"),
            Call("backtracking", """{"reasoning_trace":"1. 2+2=5"}"""), Call("recall_related"), "I am not sure.", "ANSWER: 4");
        await model.SolveAsync();
        Golden.Match("conversation", model.Turns[^1].Transcript);
        Golden.Match("isolated-calls", string.Join("\n\n", model.Calls.Select(c => c.Transcript)));
    }
}
