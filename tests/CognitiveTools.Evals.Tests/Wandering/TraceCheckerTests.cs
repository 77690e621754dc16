using CognitiveTools.Evals.Wandering;
using static CognitiveTools.Evals.Wandering.TraceFaultKind;

namespace CognitiveTools.Evals.Tests.Wandering;

public sealed class TraceCheckerTests
{
    private static readonly WanderingTask Windows = new WindowMaximum([9, 4, 6, 2, 7], 2);
    private static readonly WanderingTask Factors = new PrimeFactors(60);
    private static readonly WanderingTask Letters = new MultisetPermutations("AAB");
    private static readonly WanderingTask Map = new FloodFill(["..#", ".#.", "..."]);

    public static TheoryData<string, string, string, string> Planted => new()
    {
        { "windows", nameof(BoundaryViolation), "CHECK(3,4)==7", "CHECK(3,4)==7\nCHECK(4,5)==7" },
        { "windows", nameof(ProcedureOmission), "CHECK(2,3)==6\n", "" },
        { "windows", nameof(IncorrectBacktracking), "CHECK(1,2)==6\nCHECK(2,3)==6", "CHECK(2,3)==6\nCHECK(1,2)==6" },
        { "windows", nameof(StateRevisitation), "CHECK(2,3)==6", "CHECK(2,3)==6\nCHECK(0,1)==9" },
        { "windows", nameof(InfiniteSelfLoop), "CHECK(2,3)==6", "CHECK(2,3)==6\nCHECK(2,3)==6\nCHECK(2,3)==6\nCHECK(2,3)==6" },
        { "windows", nameof(StateStaleness), "CHECK(1,2)==6", "CHECK(1,2)==9" },
        { "windows", nameof(ExecutionError), "CHECK(3,4)==7", "CHECK(3,4)==5" },
        { "windows", nameof(UnfaithfulConclusion), "ANSWER: 28", "ANSWER: 27" },
        { "factors", nameof(BoundaryViolation), "ATTEMPT(3)==yes", "ATTEMPT(17)==no\nATTEMPT(3)==yes" },
        { "factors", nameof(ProcedureOmission), "ATTEMPT(2)==no\n", "" },
        { "factors", nameof(IncorrectBacktracking), "STATE(15)", "STATE(15)\nSTATE(30)" },
        { "factors", nameof(StateRevisitation), "ATTEMPT(3)==yes", "ATTEMPT(2)==no\nATTEMPT(3)==yes" },
        { "factors", nameof(InfiniteSelfLoop), "STATE(15)", "STATE(15)\nSTATE(15)\nSTATE(15)" },
        { "factors", nameof(StateStaleness), "STATE(15)", "STATE(30)" },
        { "factors", nameof(ExecutionError), "STATE(15)", "STATE(14)" },
        { "factors", nameof(UnfaithfulConclusion), "ANSWER: 12", "ANSWER: 10" },
        { "permutations", nameof(BoundaryViolation), "CHECK(AAB)==done", "CHECK(AAB)==done\nCHECK(AABC)==done" },
        { "permutations", nameof(ProcedureOmission), "CHECK(AB)==continue\n", "" },
        { "permutations", nameof(IncorrectBacktracking), "BACKTRACK(AA)\nBACKTRACK(A)", "BACKTRACK(A)" },
        { "permutations", nameof(StateRevisitation), "CHECK(AB)==continue", "CHECK(AA)==continue\nBACKTRACK(A)\nCHECK(AB)==continue" },
        {
            "permutations", nameof(InfiniteSelfLoop), "CHECK(AB)==continue",
            "CHECK(AB)==continue\nCHECK(AB)==continue\nCHECK(AB)==continue"
        },
        { "permutations", nameof(StateStaleness), "CHECK(AAB)==done", "CHECK(AAA)==done\nCHECK(AAB)==done" },
        { "permutations", nameof(ExecutionError), "CHECK(AAB)==done", "CHECK(AAB)==continue" },
        { "permutations", nameof(UnfaithfulConclusion), "ANSWER: 3", "ANSWER: 6" },
        { "flood", nameof(BoundaryViolation), "CHECK(0,1)==fill", "CHECK(0,3)==wall\nCHECK(0,1)==fill" },
        { "flood", nameof(ProcedureOmission), "CHECK(1,1)==wall\n", "" },
        { "flood", nameof(IncorrectBacktracking), "BACKTRACK(0,0)\nCHECK(1,0)==fill", "BACKTRACK(2,2)\nBACKTRACK(0,0)\nCHECK(1,0)==fill" },
        { "flood", nameof(StateRevisitation), "CHECK(1,0)==fill", "CHECK(1,0)==fill\nCHECK(0,0)==fill" },
        { "flood", nameof(InfiniteSelfLoop), "CHECK(0,2)==wall", "CHECK(0,2)==wall\nCHECK(0,2)==wall\nCHECK(0,2)==wall" },
        { "flood", nameof(StateStaleness), "BACKTRACK(0,0)\nCHECK(1,0)==fill", "CHECK(1,0)==fill" },
        { "flood", nameof(ExecutionError), "CHECK(0,2)==wall", "CHECK(0,2)==fill\nBACKTRACK(0,1)" },
        { "flood", nameof(UnfaithfulConclusion), "ANSWER: 7", "ANSWER: 8" },
    };

    [Theory]
    [MemberData(nameof(Planted))]
    public void A_planted_fault_is_the_first_that_is_found(string name, string fault, string right, string wrong)
    {
        var kind = Enum.Parse<TraceFaultKind>(fault);
        var task = new[] { Windows, Factors, Letters, Map }.Single(one => one.Name == name);
        Assert.Contains(right, task.PerfectResponse, StringComparison.Ordinal);
        var at = task.PerfectResponse.IndexOf(right, StringComparison.Ordinal);

        var response = string.Concat(task.PerfectResponse.AsSpan(0, at), wrong, task.PerfectResponse.AsSpan(at + right.Length));
        var report = TraceChecker.Check(task, response);

        Assert.NotEmpty(report.Faults);
        Assert.Equal(kind, report.Faults.MinBy(one => one.Line)!.Kind);
        var waste = kind is StateRevisitation or InfiniteSelfLoop;
        Assert.Equal(!waste, report.Removable == 0);
        Assert.Equal(waste || kind == UnfaithfulConclusion, report.Valid);
    }

    [Fact]
    public void Prose_between_the_lines_is_passed_over()
    {
        var chatty = "Let me look.\n- `" + string.Join("`\nSo:\n- `", Windows.PerfectTrace) + "`\n**END**\nANSWER: 28";
        Assert.Empty(TraceChecker.Check(Windows, chatty).Faults);
    }

    [Fact]
    public void A_response_without_a_trace_has_no_merit_and_shows_its_omissions()
    {
        var report = TraceChecker.Check(Windows, "ANSWER: 28");
        Assert.False(report.Valid || report.Effective || report.Necessary);
        Assert.Equal(4, report.Faults.Count(fault => fault.Kind == ProcedureOmission));
    }
}
