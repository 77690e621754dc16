using CognitiveTools.Loop;
using static CognitiveTools.Tests.Loop.LoopModel;

namespace CognitiveTools.Tests.Loop;

public sealed class GoldenPromptTests
{
    [Theory]
    [InlineData(CallStyle.Json, QuestionBinding.Host)]
    [InlineData(CallStyle.Json, QuestionBinding.Model)]
    [InlineData(CallStyle.Python, QuestionBinding.Host)]
    public async Task The_opening_is_the_golden_one(CallStyle style, QuestionBinding binding)
    {
        var model = new LoopModel("ANSWER: 4") { Options = new ToolLoopOptions { Style = style, Binding = binding } };
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
