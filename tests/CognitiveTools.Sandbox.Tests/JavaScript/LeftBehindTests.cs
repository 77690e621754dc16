using CognitiveTools.Code;
using CognitiveTools.Sandbox.JavaScript;

namespace CognitiveTools.Sandbox.Tests.JavaScript;

public sealed class LeftBehindTests
{
    [Fact]
    public void Programs_that_cannot_be_stopped_are_counted_until_they_end()
    {
        var left = new AbandonedRuns(2);
        TaskCompletionSource first = new(), second = new();
        left.Add(first.Task);
        Assert.False(left.IsFull);
        left.Add(second.Task);
        Assert.True(left.IsFull);

        first.SetResult();

        Assert.False(left.IsFull);
    }

    [Fact]
    public async Task While_too_many_of_them_run_a_program_is_refused_with_the_remedy()
    {
        var left = new AbandonedRuns(1);
        TaskCompletionSource running = new();
        left.Add(running.Task);
        var runner = new JavaScriptRunner(left);

        var refused = await runner.RunAsync("1", CodeLimits.Default, TestContext.Current.CancellationToken);
        running.SetResult();
        var after = await runner.RunAsync("1", CodeLimits.Default, TestContext.Current.CancellationToken);

        Assert.Equal(CodeOutcome.Refused, refused.Outcome);
        Assert.Contains("CodeSandboxOptions.ScriptHost", refused.Reason, StringComparison.Ordinal);
        Assert.Equal("1", after.Value);
    }
}
