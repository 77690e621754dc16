using CognitiveTools.Evals.Problems;
using Parquet.Serialization;

namespace CognitiveTools.Evals.Tests.Problems;

public sealed class SourceFormatTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_csv_file_with_capital_names_quotes_and_line_breaks_is_read()
    {
        var path = _folder.Write("set.csv", "ID,Problem,Answer,Year\na,\"Say \"\"1\"\",\nplease.\",1,2024\n\nb,2?,2,\n");

        var set = ProblemFile.Read(path);

        Assert.Equal([new Problem("a", "Say \"1\",\nplease.", "1") { Year = 2024 }, new Problem("b", "2?", "2")], set.Problems);
    }

    [Fact]
    public void A_tsv_file_is_read()
    {
        var set = ProblemFile.Read(_folder.Write("set.tsv", "id\tquestion\tanswer\na\t1, or not?\t1\n"));
        Assert.Equal(new Problem("a", "1, or not?", "1"), Assert.Single(set.Problems));
    }

    [Fact]
    public void A_json_array_is_read() =>
        Assert.Equal(["a", "set-2"], ProblemFile.Read(_folder.Write("set.json", """
            [{"id": "a", "problem": "1?", "answer": 1},
             {"problem": "2?", "answer": "2"}]
            """)).Problems.Select(p => p.Id));

    [Fact]
    public async Task A_parquet_file_is_read()
    {
        var path = _folder.File("set.parquet");
        await using (var file = File.Create(path))
        {
            Row[] rows = [new Row { id = "a", problem = "1?", answer = 1, year = 2023 }];
            await ParquetSerializer.SerializeAsync(rows, file, cancellationToken: TestContext.Current.CancellationToken);
        }

        Assert.Equal(new Problem("a", "1?", "1") { Year = 2023 }, Assert.Single(ProblemFile.Read(path).Problems));
    }

    [Theory]
    [InlineData("set.parquet", "not parquet at all", "not a Parquet file")]
    [InlineData("set.csv", "", "is empty")]
    [InlineData("set.csv", "id,problem,answer\na,\"1?,1\n", "")]
    [InlineData("set.json", "[{\"id\": 1", "not valid JSON")]
    public void A_damaged_file_is_refused_by_name(string name, string content, string complaint)
    {
        var path = _folder.Write(name, content);

        var exception = Assert.Throws<InvalidDataException>(() => ProblemFile.Read(path));

        Assert.Contains(path, exception.Message, StringComparison.Ordinal);
        Assert.Contains(complaint, exception.Message, StringComparison.Ordinal);
    }

#pragma warning disable IDE1006 // the names of the file's columns
    private sealed class Row
    {
        public string? id { get; set; }

        public string? problem { get; set; }

        public int answer { get; set; }

        public int year { get; set; }
    }
#pragma warning restore IDE1006
}
