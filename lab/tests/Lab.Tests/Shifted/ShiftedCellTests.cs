using System.Text.RegularExpressions;
using CognitiveTools.Lab.Problems.Generation;
using CognitiveTools.Lab.Problems.Shifted;

namespace CognitiveTools.Lab.Tests.Shifted;

public sealed class ShiftedCellTests
{
    private static readonly ShiftedCell[] Rewarded = [.. ShiftedCell.All.Where(static cell => cell.Rewarded is not null)];

    [Fact]
    public void No_problem_that_is_asked_is_rewarded()
    {
        var asked = Canonical(5, heldOut: true, 1000);
        var rewarded = Canonical(6, heldOut: false, 2000);
        Assert.True(asked.Count > 1000 && rewarded.Count > 2000);
        Assert.DoesNotContain(asked, rewarded.Contains);
        Assert.All(asked, static canonical => Assert.True(ProblemGenerator.IsHeldOut(canonical)));
    }

    [Fact]
    public void What_is_rewarded_shows_the_answer_and_no_step() => Assert.All(
        ShiftedCell.Converse(Rewarded, 5, heldOut: false).Take(300),
        static conversation =>
        {
            var learned = Assert.Single(conversation.Passages, static passage => passage.Learn).Text;
            Assert.Matches("^ANSWER: [0-9]+$", learned);
            Assert.Equal("cot", conversation.Passages[0].Text);
        });

    [Theory]
    [InlineData("in distribution", 1, 12)]
    [InlineData("longer", 5, 30)]
    [InlineData("reworded", 1, 12)]
    [InlineData("recomposed", 2, 12)]
    [InlineData("other lexicon", 1, 12)]
    public void A_cell_is_its_topic_and_its_problems_differ(string name, int fewest, int most)
    {
        var problems = Assert.Single(ShiftedCell.Find([name])).Problems(7, 100).ToArray();
        Assert.Equal(100, problems.Select(static problem => problem.Text).Distinct().Count());
        Assert.All(problems, problem => Assert.Equal(name, problem.Topic));
        Assert.All(problems, problem => Assert.InRange(int.Parse(problem.Difficulty!), fewest, most));
    }

    [Theory]
    [InlineData("reworded")]
    [InlineData("recomposed")]
    public void A_cell_that_is_only_asked_is_never_drawn_for_rewards(string name) => Assert.Contains(
        name,
        Assert.Throws<ArgumentException>(() => ShiftedCell.Converse(ShiftedCell.Find([name]), 1, heldOut: false).First()).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Another_lexicon_changes_words_and_nothing_else()
    {
        Assert.Equal("Walk 3 by 6 arrows 2 jump 1, base 9.", OtherLexicon.Of("Replace 3 by 6 times 2 plus 1, mod 9."));
        Assert.Equal(OtherLexicon.Words.Count, OtherLexicon.Words.Values.Distinct().Count());
        Assert.DoesNotContain(OtherLexicon.Words.Values, OtherLexicon.Words.ContainsKey);
        var changed = 0;
        foreach (var problem in new ProblemGenerator(3, Split.Train, "recurrence", "power", "congruence", "chain").Draw().Take(2000))
        {
            var words = Words(problem.Text);
            Assert.DoesNotContain(OtherLexicon.Words.Values, words.Contains); // else two words would become one
            Assert.Equal(Numbers(problem.Text), Numbers(OtherLexicon.Of(problem.Text)));
            changed += OtherLexicon.Of(problem.Text) == problem.Text ? 0 : 1;
        }

        Assert.Equal(2000, changed);
    }

    private static HashSet<string> Canonical(ulong seed, bool heldOut, int each) =>
        [.. Rewarded.SelectMany(cell => cell.Draw(seed, heldOut).Take(each)).Select(static problem => problem.Canonical)];

    private static HashSet<string> Words(string text) =>
        [.. Regex.Matches(text.ToLowerInvariant(), "[a-z]+").Select(static word => word.Value)];

    private static string Numbers(string text) => Regex.Replace(text, "[A-Za-z]+", "");
}
