using CognitiveTools.Tools;

namespace CognitiveTools.Tests.Tools;

public sealed class OutputContractTests
{
    private static readonly OutputContract Examine = ToolCatalog.Embedded().Find("examine_answer")!.Output;

    [Theory]
    [InlineData("1. Understanding: a\n2. Check: b\n3. Problems: none\n4. Verdict: c\nVerdict: correct", "correct")]
    [InlineData("**1) Understanding**\nx\n### 2. CHECK\nx\n- Problems -\n**Verdict: Incorrect.**", "incorrect")]
    public void Headings_and_verdicts_are_found_whatever_their_marks(string output, string verdict)
    {
        Assert.Empty(Examine.Breaches(output));
        Assert.Equal(verdict, Examine.ReadVerdict(output));
    }

    [Fact]
    public void Missing_sections_a_missing_verdict_and_a_given_answer_are_breaches()
    {
        var breaches = Examine.Breaches("Understanding: a\nCheckered: b\nVerdict: maybe\nANSWER: 12");
        Assert.Equal(
            ["the section 'Check' is missing", "the section 'Problems' is missing", "there is no line 'Verdict: correct|incorrect'",
                "it gives a final answer, which it must not"],
            breaches);
    }

    [Fact]
    public void A_boxed_result_counts_as_an_answer() =>
        Assert.Equal(["it gives a final answer, which it must not"],
            new OutputContract { MustNotAnswer = true }.Breaches(@"so \boxed{12}"));
}
