using System.Text.RegularExpressions;
using CognitiveTools.Lab.Problems.Generation;
using CognitiveTools.Lab.Problems.Generation.Wordings;
using CognitiveTools.Randomness;

namespace CognitiveTools.Lab.Tests.Generation;

public sealed partial class ParaphraseTests
{
    public static TheoryData<string> Families => [.. FamilyCatalog.Names];

    [Theory]
    [MemberData(nameof(Families))]
    public void A_paraphrase_holds_every_number_of_the_problem_and_leaves_no_gap(string family)
    {
        var random = new SeededRandom(3);
        foreach (var problem in new ProblemGenerator(2, Split.Train, family).Draw().Take(400))
        {
            var text = Paraphrase.Of(problem.Canonical, random);
            Assert.DoesNotMatch(@"[\[\]{}|]|  | [.,?]", text);
            var wanted = Numbers().Matches(problem.Canonical).CountBy(static match => match.Value);
            var found = Numbers().Matches(text).CountBy(static match => match.Value).ToDictionary();
            Assert.All(wanted, number => Assert.True(found.GetValueOrDefault(number.Key) >= number.Value, $"{problem.Canonical}: {text}"));
        }
    }

    [Theory]
    [MemberData(nameof(Families))]
    public void No_paraphrase_is_a_wording_that_is_kept_for_the_split_reworded(string family)
    {
        var random = new SeededRandom(4);
        var kept = new ProblemGenerator(2, Split.Reworded, family).Draw().Take(300)
            .Select(static problem => Shape(problem.Text)).ToHashSet(StringComparer.Ordinal);
        foreach (var problem in new ProblemGenerator(2, Split.Train, family).Draw().Take(2000))
            Assert.DoesNotContain(Shape(Paraphrase.Of(problem.Canonical, random)), kept);
    }

    [Fact]
    public void There_are_many()
    {
        var random = new SeededRandom(5);
        Assert.InRange(Enumerable.Range(0, 2000).Select(_ => Paraphrase.Of("rec(3,2,1,7,2)", random)).Distinct().Count(), 200, 2000);
    }

    [Fact]
    public void A_problem_of_no_known_kind_is_refused() =>
        Assert.Throws<ArgumentException>(() => Paraphrase.Of("poem(1)", new SeededRandom(1)));

    private static string Shape(string text) => Numbers().Replace(text, "N");

    [GeneratedRegex(@"\d+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Numbers();
}
