using CognitiveTools.Evals.Wandering;

namespace CognitiveTools.Evals.Tests.Wandering;

public sealed class TraceCheckerTests
{
    private static readonly WanderingTask Windows = new WindowMaximum([9, 4, 6, 2, 7], 2);
    private static readonly WanderingTask Factors = new PrimeFactors(60);
    private static readonly WanderingTask Letters = new MultisetPermutations("AAB");
    private static readonly WanderingTask Map = new FloodFill(["..#", ".#.", "..."]);

    public static TheoryData<string, TraceFaultKind, string, string> Planted => new()
    {
        { "windows", TraceFaultKind.BoundaryViolation, "CHECK(3,4)==7", "CHECK(3,4)==7\nCHECK(4,5)==7" },
        { "windows", TraceFaultKind.ProcedureOmission, "CHECK(2,3)==6\n", "" },
        { "windows", TraceFaultKind.IncorrectBacktracking, "CHECK(1,2)==6\nCHECK(2,3)==6", "CHECK(2,3)==6\nCHECK(1,2)==6" },
        { "windows", TraceFaultKind.StateRevisitation, "CHECK(2,3)==6", "CHECK(2,3)==6\nCHECK(0,1)==9" },
        { "windows", TraceFaultKind.InfiniteSelfLoop, "CHECK(2,3)==6", "CHECK(2,3)==6\nCHECK(2,3)==6\nCHECK(2,3)==6\nCHECK(2,3)==6" },
        { "windows", TraceFaultKind.StateStaleness, "CHECK(1,2)==6", "CHECK(1,2)==9" },
        { "windows", TraceFaultKind.ExecutionError, "CHECK(3,4)==7", "CHECK(3,4)==5" },
        { "windows", TraceFaultKind.UnfaithfulConclusion, "ANSWER: 28", "ANSWER: 27" },
        { "factors", TraceFaultKind.BoundaryViolation, "ATTEMPT(3)==yes", "ATTEMPT(17)==no\nATTEMPT(3)==yes" },
        { "factors", TraceFaultKind.ProcedureOmission, "ATTEMPT(2)==no\n", "" },
        { "factors", TraceFaultKind.IncorrectBacktracking, "STATE(15)", "STATE(15)\nSTATE(30)" },
        { "factors", TraceFaultKind.StateRevisitation, "ATTEMPT(3)==yes", "ATTEMPT(2)==no\nATTEMPT(3)==yes" },
        { "factors", TraceFaultKind.InfiniteSelfLoop, "STATE(15)", "STATE(15)\nSTATE(15)\nSTATE(15)" },
        { "factors", TraceFaultKind.StateStaleness, "STATE(15)", "STATE(30)" },
        { "factors", TraceFaultKind.ExecutionError, "STATE(15)", "STATE(14)" },
        { "factors", TraceFaultKind.UnfaithfulConclusion, "ANSWER: 12", "ANSWER: 10" },
        { "permutations", TraceFaultKind.BoundaryViolation, "CHECK(AAB)==done", "CHECK(AAB)==done\nCHECK(AABC)==done" },
        { "permutations", TraceFaultKind.ProcedureOmission, "CHECK(AB)==continue\n", "" },
        { "permutations", TraceFaultKind.IncorrectBacktracking, "BACKTRACK(AA)\nBACKTRACK(A)", "BACKTRACK(A)" },
        { "permutations", TraceFaultKind.StateRevisitation, "CHECK(AB)==continue", "CHECK(AA)==continue\nBACKTRACK(A)\nCHECK(AB)==continue" },
        { "permutations", TraceFaultKind.InfiniteSelfLoop, "CHECK(AB)==continue", "CHECK(AB)==continue\nCHECK(AB)==continue\nCHECK(AB)==continue" },
        { "permutations", TraceFaultKind.StateStaleness, "CHECK(AAB)==done", "CHECK(AAA)==done\nCHECK(AAB)==done" },
        { "permutations", TraceFaultKind.ExecutionError, "CHECK(AAB)==done", "CHECK(AAB)==continue" },
        { "permutations", TraceFaultKind.UnfaithfulConclusion, "ANSWER: 3", "ANSWER: 6" },
        { "flood", TraceFaultKind.BoundaryViolation, "CHECK(0,1)==fill", "CHECK(0,3)==wall\nCHECK(0,1)==fill" },
        { "flood", TraceFaultKind.ProcedureOmission, "CHECK(1,1)==wall\n", "" },
        { "flood", TraceFaultKind.IncorrectBacktracking, "BACKTRACK(0,0)\nCHECK(1,0)==fill", "BACKTRACK(2,2)\nBACKTRACK(0,0)\nCHECK(1,0)==fill" },
        { "flood", TraceFaultKind.StateRevisitation, "CHECK(1,0)==fill", "CHECK(1,0)==fill\nCHECK(0,0)==fill" },
        { "flood", TraceFaultKind.InfiniteSelfLoop, "CHECK(0,2)==wall", "CHECK(0,2)==wall\nCHECK(0,2)==wall\nCHECK(0,2)==wall" },
        { "flood", TraceFaultKind.StateStaleness, "BACKTRACK(0,0)\nCHECK(1,0)==fill", "CHECK(1,0)==fill" },
        { "flood", TraceFaultKind.ExecutionError, "CHECK(0,2)==wall", "CHECK(0,2)==fill\nBACKTRACK(0,1)" },
        { "flood", TraceFaultKind.UnfaithfulConclusion, "ANSWER: 7", "ANSWER: 8" },
    };

    [Theory]
    [MemberData(nameof(Planted))]
    public void A_planted_fault_is_the_first_that_is_found(string name, TraceFaultKind kind, string right, string wrong)
    {
        var task = new[] { Windows, Factors, Letters, Map }.Single(one => one.Name == name);
        Assert.Contains(right, task.PerfectResponse, StringComparison.Ordinal);
        var at = task.PerfectResponse.IndexOf(right, StringComparison.Ordinal);

        var report = TraceChecker.Check(task, string.Concat(task.PerfectResponse.AsSpan(0, at), wrong, task.PerfectResponse.AsSpan(at + right.Length)));

        Assert.NotEmpty(report.Faults);
        Assert.Equal(kind, report.Faults.MinBy(fault => fault.Line)!.Kind);
        var waste = kind is TraceFaultKind.StateRevisitation or TraceFaultKind.InfiniteSelfLoop;
        Assert.Equal(!waste, report.Removable == 0);
        Assert.Equal(waste || kind == TraceFaultKind.UnfaithfulConclusion, report.Valid);
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
        Assert.Equal(4, report.Faults.Count(fault => fault.Kind == TraceFaultKind.ProcedureOmission));
    }
}
