using CognitiveTools.Evals.Wandering;
using CognitiveTools.Lab.Problems.Wandering;
using CsCheck;

namespace CognitiveTools.Lab.Tests.Wandering;

public sealed class DrawnTraceTests
{
    private static readonly Gen<(ulong Seed, string Name)> Drawn =
        Gen.Select(Gen.ULong, Gen.Int[0, 3], (seed, i) => (seed, WanderingTasks.Names[i]));

    [Fact]
    public void A_perfect_trace_has_no_fault_and_nothing_to_leave_out() => Drawn.Sample(
        drawn =>
        {
            foreach (var task in WanderingGenerator.Draw(drawn.Name, drawn.Seed).Take(3))
            {
                var report = TraceChecker.Check(task, task.PerfectResponse);
                Assert.Empty(report.Faults);
                Assert.True(report is { Valid: true, Effective: true, Necessary: true, Ended: true, FirstFault: null });
                Assert.Equal(1, report.Coverage);
                Assert.Equal(task.PerfectTrace.Count, report.Lines);
            }
        },
        iter: 150);

    [Fact]
    public void A_trace_cut_short_never_looks_perfect() => Drawn.Sample(
        drawn =>
        {
            var task = WanderingGenerator.Draw(drawn.Name, drawn.Seed).First();

            // The way back at the very end of a flood reaches nothing new; every other cut loses something.
            var trace = task.PerfectTrace.Reverse()
                .SkipWhile(line => line.StartsWith("BACKTRACK", StringComparison.Ordinal))
                .Reverse()
                .ToArray();
            var report = TraceChecker.Check(task, string.Join('\n', trace[..^1]));
            Assert.True(report.Faults.Count > 0 || trace.Length == 1);
        },
        iter: 150);
}
