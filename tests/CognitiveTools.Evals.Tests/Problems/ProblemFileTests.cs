using CognitiveTools.Evals.Problems;

namespace CognitiveTools.Evals.Tests.Problems;

public sealed class ProblemFileTests
{
    [Fact]
    public void The_usual_field_names_are_understood()
    {
        var set = Parse(
            """{"id": "a", "problem": "1+1?", "answer": "2", "topic": "sums", "difficulty": 3.5, "cluster": "c", "source": "ours"}""",
            """{"unique_id": "b", "question": "2+2?", "expected_answer": 4, "subject": "sums", "level": 2}""",
            """{"prompt": "3+3?", "solution": "Clearly \\boxed{\\text{6}}."}""");

        Assert.Equal(["a", "b", "set-3"], set.Problems.Select(p => p.Id));
        Assert.Equal(["2", "4", "\\text{6}"], set.Problems.Select(p => p.Answer));
        Assert.Equal(new Problem("a", "1+1?", "2") { Topic = "sums", Difficulty = "3.5", Cluster = "c", Source = "ours" }, set.Problems[0]);
        Assert.Equal("2", set.Problems[1].Difficulty);
    }

    [Fact]
    public void A_worked_solution_in_the_answer_field_gives_its_last_line()
    {
        var set = Parse("""{"question": "Ducks?", "answer": "She sells 9.\nShe makes 9 * 2 = $<<9*2=18>>18.\n#### 1,018"}""");

        Assert.Equal("1,018", Assert.Single(set.Problems).Answer);
    }

    [Fact]
    public void Figure_problems_are_left_out_and_counted()
    {
        var set = Parse(
            """{"id": "a", "problem": "p", "answer": "1", "has_figure_code": true}""",
            """{"id": "b", "problem": "p", "answer": "1", "has_figure_code": false}""");

        Assert.Equal("b", Assert.Single(set.Problems).Id);
        Assert.Equal(1, set.FigureProblemsLeftOut);
    }

    [Theory]
    [InlineData("""{"id": "a", "answer": "1"}""", "rows.jsonl:2", "problem text")]
    [InlineData("""{"id": "a", "problem": "p"}""", "rows.jsonl:2", "answer")]
    [InlineData("""{"id": "a", "problem": "p", "answer": ""}""", "rows.jsonl:2", "'answer' is empty")]
    [InlineData("""{"id": "a", "problem": ["p"], "answer": "1"}""", "rows.jsonl:2", "'problem'")]
    [InlineData("""{"id": "a", "problem": "p", "solution": "see above"}""", "rows.jsonl:2", "'solution'")]
    [InlineData("""{"id": "first", "problem": "p", "answer": "1"}""", "rows.jsonl:2", "'first'")]
    [InlineData("""["a"]""", "rows.jsonl:2", "object")]
    [InlineData("""{"id": """, "rows.jsonl:2", "not valid JSON")]
    public void A_bad_row_is_refused_with_its_file_line_and_key(string row, string place, string key)
    {
        var exception = Assert.Throws<InvalidDataException>(() => Parse("""{"id": "first", "problem": "p", "answer": "1"}""", row));

        Assert.Contains(place, exception.Message, StringComparison.Ordinal);
        Assert.Contains(key, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_or_empty_file_is_an_error()
    {
        using var folder = new TemporaryFolder();

        Assert.Throws<FileNotFoundException>(() => ProblemFile.Read(folder.File("none.jsonl")));
        Assert.Throws<InvalidDataException>(() => ProblemFile.Read(folder.Write("empty.jsonl", "\n")));
    }

    [Fact]
    public void Selecting_skips_takes_and_shuffles_by_seed()
    {
        var set = new ProblemSet("ten", [.. Enumerable.Range(0, 10).Select(i => new Problem($"{i}", "p", "1"))]);

        Assert.Equal(["2", "3", "4"], set.Select(skip: 2, take: 3).Problems.Select(p => p.Id));
        var shuffled = set.Select(shuffleSeed: 1).Problems.Select(p => p.Id).ToArray();
        Assert.Equal(shuffled, set.Select(shuffleSeed: 1).Problems.Select(p => p.Id));
        Assert.NotEqual(shuffled, set.Select(shuffleSeed: 2).Problems.Select(p => p.Id));
        Assert.Equal(set.Problems.Select(p => p.Id), shuffled.Order(StringComparer.Ordinal));
        Assert.Throws<ArgumentException>(() => set.Select(skip: 10));
    }

    [Fact]
    public void The_hash_follows_content_and_order_not_layout()
    {
        var one = Parse("""{"id": "a", "problem": "p", "answer": "1"}""", """{"id": "b", "problem": "q", "answer": "2"}""");
        var same = Parse(
            """{"answer": "1", "problem": "p",   "id": "a"}""",
            "",
            """{"id": "b", "problem": "q", "answer": "2", "topic": "t"}""");
        var moved = Parse("""{"id": "a", "problem": "p1", "answer": "1"}""", """{"id": "b", "problem": "q", "answer": "2"}""");

        Assert.Equal(one.Sha256, same.Sha256);
        Assert.NotEqual(one.Sha256, moved.Sha256);
        Assert.NotEqual(one.Sha256, ProblemSet.Hash(one.Problems.Reverse()));
    }

    private static ProblemSet Parse(params string[] rows) =>
        ProblemFile.Parse(new StringReader(string.Join('\n', rows)), "set", "rows.jsonl");
}
