using CognitiveTools.Answers.Reading;

namespace CognitiveTools.Answers.Tests.Reading;

/// <summary>The kinds of difference between answers that count and that do not count, and the ways in which models give answers.</summary>
public sealed class AnswerKindsCorpusTests
{
    private static readonly ExpressionAnswer Kind = new();

    [Fact]
    public void Every_answer_of_the_corpus_is_equal_to_its_reference_or_different_as_it_says()
    {
        var rows = Rows("answer-kinds.tsv", 3);

        Assert.True(rows.Count > 500);
        Assert.All(rows, row => Assert.Equal(row[0] == "=", Kind.Matches(row[2], row[1])));
    }

    [Fact]
    public void Different_answers_are_never_one_vote_unless_one_names_what_the_other_asks_for_or_is_its_residue_class()
    {
        var turned = Rows("answer-kinds.tsv", 3).Where(r => r[0] == "!" && Kind.Matches(r[1], r[2]));

        Assert.All(turned, row => Assert.True(row[1].Contains('=') || row[2].Contains("mod", StringComparison.Ordinal), row[2]));
    }

    [Theory]
    [InlineData("answer-texts.tsv", 120)]
    [InlineData("integer-texts.tsv", 300)]
    public void Every_text_of_the_corpus_gives_the_answer_that_it_says(string name, int atLeast)
    {
        var rows = Rows(name, 4);

        Assert.True(rows.Count > atLeast);
        Assert.All(rows, row =>
        {
            var kind = AnswerKinds.Find(row[0]);
            var answer = kind.Extract(row[2].Replace("\\n", "\n", StringComparison.Ordinal)).Answer;
            Assert.True(row[3] == (answer is null ? "none" : kind.Matches(answer, row[1]) ? "right" : "wrong"),
                $"{string.Join(" | ", row)}: read as {answer ?? "none"}");
        });
    }

    private static List<string[]> Rows(string name, int columns) =>
    [
        .. File.ReadLines(Path.Combine(AppContext.BaseDirectory, name))
            .Where(l => l.Length > 0 && l[0] != '#')
            .Select(l => l.Split('\t') is var row && row.Length == columns ? row : throw new InvalidDataException($"{name} has a row without {columns} columns: {l}")),
    ];
}
