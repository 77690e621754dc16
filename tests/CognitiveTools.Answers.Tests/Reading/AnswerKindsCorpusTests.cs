using CognitiveTools.Answers.Reading;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Answers.Tests.Reading;

/// <summary>The kinds of difference between answers that count and that do not count, and the ways in which models give answers.</summary>
public sealed class AnswerKindsCorpusTests
{
    private static readonly IAnswerKind Kind = AnswerKinds.Expression;

    [Fact]
    public void Every_answer_of_the_corpus_is_equal_to_its_reference_or_different_as_it_says()
    {
        var rows = Rows("answer-kinds.tsv", 3);

        Assert.True(rows.Count > 500);
        Assert.All(rows, row => Assert.Equal(row[0] == "=", Kind.Matches(row[2], row[1])));
    }

    [Fact]
    public void Different_answers_are_never_one_vote()
    {
        IAnswerReader reader = Kind;

        Assert.All(Rows("answer-kinds.tsv", 3).Where(r => r[0] == "!"), row => Assert.False(
            reader.AreSame(row[1], row[2]) || reader.AreSame(row[2], row[1]), row[2]));
    }

    [Fact]
    public void A_residue_and_its_class_are_two_votes_and_two_ways_to_write_the_class_are_one()
    {
        string[] answers = ["3", "3 \\pmod 7", "x \\equiv 3 \\pmod 7", "3 (mod 7)", "3 \\pmod 5"];

        Assert.Equal([[0], [1, 2, 3], [4]], AnswerVote.Groups(answers, Kind.AreSame));
    }

    [Fact]
    public void Votes_fall_into_groups_of_equal_answers_in_whatever_order_they_come()
    {
        IAnswerReader reader = Kind;
        string[] answers =
        [
            "5 cm", "5", "5 kg", "3", "3 \\pmod 7", "3 \\pmod 5", "113", "m+n=113", "a+b=113", "(1,2)", "1<x<2", "x=4", "4", "y=4",
            "50\\%", "0.5", "50", "6:30", "6:30\\text{ am}", "6:30\\text{ pm}",
        ];

        for (var turn = 0; turn < answers.Length; turn++)
        {
            string[] turned = [.. answers[turn..], .. answers[..turn]];
            var groups = AnswerVote.Groups(turned, reader.AreSame);

            Assert.Equal(answers.Length, groups.Sum(g => g.Count));
            Assert.All(groups, group => Assert.All(group, i => Assert.All(group, j => Assert.True(reader.AreSame(turned[i], turned[j])))));
        }
    }

    [Theory]
    [InlineData("answer-texts.tsv", 120)]
    [InlineData("integer-texts.tsv", 300)]
    [InlineData("wordings.tsv", 200)]
    public void Every_text_of_the_corpus_gives_the_answer_that_it_says(string name, int atLeast)
    {
        var rows = Rows(name, 4);

        Assert.True(rows.Count > atLeast);
        string[] misread = [.. rows.Select(Misread).OfType<string>()];
        TestContext.Current.TestOutputHelper?.WriteLine($"{name}: {rows.Count - misread.Length} of {rows.Count} texts come out as it says");
        Assert.True(misread.Length == 0, string.Join('\n', misread));
    }

    // What is wrong with a row, or null.
    private static string? Misread(string[] row)
    {
        var kind = AnswerKinds.Find(row[0]);
        var answer = kind.Extract(row[2].Replace("\\n", "\n", StringComparison.Ordinal)).Answer;
        return row[3] == (answer is null ? "none" : kind.Matches(answer, row[1]) ? "right" : "wrong")
            ? null : $"{string.Join(" | ", row)}: read as {answer ?? "none"}";
    }

    private static List<string[]> Rows(string name, int columns) =>
    [
        .. File.ReadLines(Path.Combine(AppContext.BaseDirectory, name))
            .Where(l => l.Length > 0 && l[0] != '#')
            .Select(l => l.Split('\t') is var row && row.Length == columns
                ? row
                : throw new InvalidDataException($"{name} has a row without {columns} columns: {l}")),
    ];
}
