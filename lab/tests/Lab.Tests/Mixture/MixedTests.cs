using CognitiveTools.Evals.Tests;
using CognitiveTools.Lab.Problems.DataAlchemy;
using CognitiveTools.Lab.Problems.Generation;
using CognitiveTools.Lab.Problems.Mixture;
using CognitiveTools.Lab.Training.Corpora;

namespace CognitiveTools.Lab.Tests.Mixture;

public sealed class MixedTests
{
    private static readonly IReadOnlyList<Conversation> Records = Mixed.Records(3, 400), Queries = Mixed.Queries(3, 80);

    [Fact]
    public void Half_of_records_and_queries_are_facts_and_all_answers_are_of_one_length()
    {
        Assert.Equal(200, Records.Count(IsFact));
        Assert.Equal(40, Queries.Count(IsFact));
        Assert.All(Records.Concat(Queries), static one => Assert.Equal(Mixed.Letters, Answer(one).Length));
        Assert.Equal(Records.Count, Records.Select(Question).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Procedures_are_asked_by_turns_about_elements_that_no_record_has()
    {
        var asked = Queries.Where(static query => !IsFact(query)).Select(static query => AlchemyTask.TryParse(Question(query))!).ToArray();
        var known = Records.Where(static record => !IsFact(record)).Select(static record => AlchemyTask.TryParse(Question(record))!)
            .Select(static task => task.Element).ToHashSet(StringComparer.Ordinal);

        Assert.All(asked.GroupBy(static task => task.CompositionName), static group => Assert.Equal(10, group.Count()));
        Assert.All(asked, task => Assert.DoesNotContain(task.Element, known));
        Assert.All(Queries.Where(static query => !IsFact(query)), static query =>
            Assert.Equal(AlchemyTask.TryParse(Question(query))!.Answer, Answer(query)));
    }

    [Fact]
    public void The_answer_to_every_query_stands_in_a_record()
    {
        foreach (var query in Queries)
        {
            var same = Records.Where(record => Answer(record) == Answer(query)).ToArray();
            if (IsFact(query))
                Assert.Contains(same, record => Question(record) == Question(query));
            else
                Assert.Contains(same, record => !IsFact(record) && Procedure(record) != Procedure(query));
        }
    }

    [Fact]
    public void A_fact_is_told_and_asked_in_both_wordings()
    {
        foreach (var facts in (Conversation[][])[[.. Records.Where(IsFact)], [.. Queries.Where(IsFact)]])
        {
            Assert.All(facts.GroupBy(static fact => Question(fact).Trim(Fact.Mark)), static fact =>
            {
                Assert.Equal([0, 1], fact.Select(static one => one.Wording).Order());
                Assert.Single(fact.Select(Answer).Distinct(StringComparer.Ordinal));
            });
        }
    }

    [Theory]
    [InlineData("count: 402, mixture: records", " count: ", "multiple of 4")]
    [InlineData("count: 20, mixture: queries", " count: ", "multiple of 8")]
    [InlineData("count: 80, mixture: both", " mixture: ", "'both'")]
    [InlineData("count: 80, mixture: queries, graphs: true", " mixture: ", "graphs")]
    public void A_key_that_is_wrong_is_refused_by_name(string keys, params string[] named)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("plan.yaml"), $"vocabulary: v.txt\ncorpora:\n  - {{file: a.bin, seed: 1, {keys}}}\n");
        var exception = Assert.Throws<InvalidDataException>(() => CorpusPlan.Read(folder.File("plan.yaml")));
        Assert.All(named, name => Assert.Contains(name, exception.Message, StringComparison.Ordinal));
    }

    private static bool IsFact(Conversation conversation) => conversation.Family == Fact.Family;

    private static string Question(Conversation conversation) => conversation.Passages[0].Text;

    private static string Answer(Conversation conversation) => conversation.Passages[1].Text[MiniFormats.AnswerMark.Length..];

    private static string Procedure(Conversation conversation) => AlchemyTask.TryParse(Question(conversation))!.CompositionName;
}
