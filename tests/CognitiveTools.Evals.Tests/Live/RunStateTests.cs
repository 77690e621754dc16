using System.Diagnostics;
using CognitiveTools.Evals.Live;
using CognitiveTools.Evals.Runs;

namespace CognitiveTools.Evals.Tests.Live;

public sealed class RunStateTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);
    private static readonly RunWriter Writer = new(123, "elsewhere", Now.AddHours(-1));

    public static TheoryData<bool, bool?, int, string> States => new()
    {
        { true, true, 0, "Finished" },
        { true, null, 60, "Finished" },
        { false, true, 60, "Running" },
        { false, false, 0, "Interrupted" },
        { false, null, 4, "Running" },
        { false, null, 6, "Unknown" },
    };

    [Theory]
    [MemberData(nameof(States))]
    public void A_run_goes_on_when_its_writer_does_or_when_its_log_grew_lately(bool complete, bool? lives, int minutes, string expected)
    {
        var state = RunState.Of(complete, Writer, _ => lives, Now.AddMinutes(-minutes), Now);

        Assert.Equal(expected, state.Condition.ToString());
        Assert.Equal(!complete, state.Text.Contains("process 123 on elsewhere", StringComparison.Ordinal));
    }

    [Fact]
    public void A_folder_that_names_no_writer_is_judged_by_the_age_of_its_log()
    {
        var state = RunState.Of(false, null, _ => throw new InvalidOperationException("there is nobody to ask for"), Now.AddHours(-1), Now);

        Assert.Equal(RunCondition.Unknown, state.Condition);
        Assert.Contains("a process that the folder does not name", state.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void This_process_lives_and_had_not_begun_an_hour_before_it_started()
    {
        using var own = Process.GetCurrentProcess();
        var began = new DateTimeOffset(own.StartTime.ToUniversalTime());

        Assert.True(RunState.Lives(new RunWriter(Environment.ProcessId, Environment.MachineName, began.AddSeconds(1))));
        Assert.False(RunState.Lives(new RunWriter(Environment.ProcessId, Environment.MachineName, began.AddHours(-1))));
        Assert.Null(RunState.Lives(new RunWriter(Environment.ProcessId, "elsewhere", began)));
        Assert.False(RunState.Lives(new RunWriter(int.MaxValue, Environment.MachineName, began)));
    }
}
