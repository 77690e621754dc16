using CognitiveTools.Evals.Wandering;
using CsCheck;

namespace CognitiveTools.Evals.Tests.Wandering;

public sealed class TraceCheckerTests
{
    private static readonly WanderingTask Windows = new WindowMaximum([9, 4, 6, 2, 7], 2);
    private static readonly WanderingTask Factors = new PrimeFactors(60);
    private static readonly WanderingTask Letters = new MultisetPermutations("AAB");
    private static readonly WanderingTask Map = new FloodFill(["..#", ".#.", "..."]);

    [Fact]
    public void A_perfect_trace_has_no_fault_and_nothing_to_leave_out() => Gen.Select(Gen.ULong, Gen.Int[0, 3].Select(i => WanderingTasks.Names[i])).Sample(
        (seed, name) =>
        {
            foreach (var task in WanderingTasks.Draw(name, seed).Take(3))
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
    public void A_trace_cut_short_never_looks_perfect() => Gen.Select(Gen.ULong, Gen.Int[0, 3].Select(i => WanderingTasks.Names[i])).Sample(
        (seed, name) =>
        {
            var task = WanderingTasks.Draw(name, seed).First();

            // The way back at the very end of a flood reaches nothing new; every other cut loses something.
            var trace = task.PerfectTrace.Reverse().SkipWhile(line => line.StartsWith("BACKTRACK", StringComparison.Ordinal)).Reverse().ToArray();
            var report = TraceChecker.Check(task, string.Join('\n', trace[..^1]));
            Assert.True(report.Faults.Count > 0 || trace.Length == 1);
        },
        iter: 150);

    public static TheoryData<string, TraceFault, string, string> Planted => new()
    {
        { "windows", TraceFault.BoundaryViolation, "CHECK(3,4)==7", "CHECK(3,4)==7\nCHECK(4,5)==7" },
        { "windows", TraceFault.ProcedureOmission, "CHECK(2,3)==6\n", "" },
        { "windows", TraceFault.IncorrectBacktracking, "CHECK(1,2)==6\nCHECK(2,3)==6", "CHECK(2,3)==6\nCHECK(1,2)==6" },
        { "windows", TraceFault.StateRevisitation, "CHECK(2,3)==6", "CHECK(2,3)==6\nCHECK(0,1)==9" },
        { "windows", TraceFault.InfiniteSelfLoop, "CHECK(2,3)==6", "CHECK(2,3)==6\nCHECK(2,3)==6\nCHECK(2,3)==6\nCHECK(2,3)==6" },
        { "windows", TraceFault.StateStaleness, "CHECK(1,2)==6", "CHECK(1,2)==9" },
        { "windows", TraceFault.ExecutionError, "CHECK(3,4)==7", "CHECK(3,4)==5" },
        { "windows", TraceFault.UnfaithfulConclusion, "ANSWER: 28", "ANSWER: 27" },
        { "factors", TraceFault.BoundaryViolation, "ATTEMPT(3)==yes", "ATTEMPT(17)==no\nATTEMPT(3)==yes" },
        { "factors", TraceFault.ProcedureOmission, "ATTEMPT(2)==no\n", "" },
        { "factors", TraceFault.IncorrectBacktracking, "STATE(15)", "STATE(15)\nSTATE(30)" },
        { "factors", TraceFault.StateRevisitation, "ATTEMPT(3)==yes", "ATTEMPT(2)==no\nATTEMPT(3)==yes" },
        { "factors", TraceFault.InfiniteSelfLoop, "STATE(15)", "STATE(15)\nSTATE(15)\nSTATE(15)" },
        { "factors", TraceFault.StateStaleness, "STATE(15)", "STATE(30)" },
        { "factors", TraceFault.ExecutionError, "STATE(15)", "STATE(14)" },
        { "factors", TraceFault.UnfaithfulConclusion, "ANSWER: 12", "ANSWER: 10" },
        { "permutations", TraceFault.BoundaryViolation, "CHECK(AAB)==done", "CHECK(AAB)==done\nCHECK(AABC)==done" },
        { "permutations", TraceFault.ProcedureOmission, "CHECK(AB)==continue\n", "" },
        { "permutations", TraceFault.IncorrectBacktracking, "BACKTRACK(AA)\nBACKTRACK(A)", "BACKTRACK(A)" },
        { "permutations", TraceFault.StateRevisitation, "CHECK(AB)==continue", "CHECK(AA)==continue\nBACKTRACK(A)\nCHECK(AB)==continue" },
        { "permutations", TraceFault.InfiniteSelfLoop, "CHECK(AB)==continue", "CHECK(AB)==continue\nCHECK(AB)==continue\nCHECK(AB)==continue" },
        { "permutations", TraceFault.StateStaleness, "CHECK(AAB)==done", "CHECK(AAA)==done\nCHECK(AAB)==done" },
        { "permutations", TraceFault.ExecutionError, "CHECK(AAB)==done", "CHECK(AAB)==continue" },
        { "permutations", TraceFault.UnfaithfulConclusion, "ANSWER: 3", "ANSWER: 6" },
        { "flood", TraceFault.BoundaryViolation, "CHECK(0,1)==fill", "CHECK(0,3)==wall\nCHECK(0,1)==fill" },
        { "flood", TraceFault.ProcedureOmission, "CHECK(1,1)==wall\n", "" },
        { "flood", TraceFault.IncorrectBacktracking, "BACKTRACK(0,0)\nCHECK(1,0)==fill", "BACKTRACK(2,2)\nBACKTRACK(0,0)\nCHECK(1,0)==fill" },
        { "flood", TraceFault.StateRevisitation, "CHECK(1,0)==fill", "CHECK(1,0)==fill\nCHECK(0,0)==fill" },
        { "flood", TraceFault.InfiniteSelfLoop, "CHECK(0,2)==wall", "CHECK(0,2)==wall\nCHECK(0,2)==wall\nCHECK(0,2)==wall" },
        { "flood", TraceFault.StateStaleness, "BACKTRACK(0,0)\nCHECK(1,0)==fill", "CHECK(1,0)==fill" },
        { "flood", TraceFault.ExecutionError, "CHECK(0,2)==wall", "CHECK(0,2)==fill\nBACKTRACK(0,1)" },
        { "flood", TraceFault.UnfaithfulConclusion, "ANSWER: 7", "ANSWER: 8" },
    };

    [Theory]
    [MemberData(nameof(Planted))]
    public void A_planted_fault_is_the_first_that_is_found(string name, TraceFault kind, string right, string wrong)
    {
        var task = new[] { Windows, Factors, Letters, Map }.Single(one => one.Name == name);
        Assert.Contains(right, task.PerfectResponse, StringComparison.Ordinal);
        var at = task.PerfectResponse.IndexOf(right, StringComparison.Ordinal);

        var report = TraceChecker.Check(task, string.Concat(task.PerfectResponse.AsSpan(0, at), wrong, task.PerfectResponse.AsSpan(at + right.Length)));

        Assert.NotEmpty(report.Faults);
        Assert.Equal(kind, report.Faults.MinBy(fault => fault.Line)!.Kind);
        var waste = kind is TraceFault.StateRevisitation or TraceFault.InfiniteSelfLoop;
        Assert.Equal(!waste, report.Removable == 0);
        Assert.Equal(waste || kind == TraceFault.UnfaithfulConclusion, report.Valid);
    }

    [Fact]
    public void Prose_between_the_lines_is_passed_over()
    {
        var chatty = "Let me look.\n- `" + string.Join("`\nSo:\n- `", Windows.PerfectTrace) + "`\n**END**\nANSWER: 28";
        Assert.Empty(TraceChecker.Check(Windows, chatty).Faults);
    }

    [Fact]
    public void A_response_without_a_trace_has_no_merit_but_its_omissions()
    {
        var report = TraceChecker.Check(Windows, "ANSWER: 28");
        Assert.False(report.Valid || report.Effective || report.Necessary);
        Assert.Equal(4, report.Faults.Count(fault => fault.Kind == TraceFault.ProcedureOmission));
    }
}
