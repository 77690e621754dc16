using CognitiveTools.Evals.Grading;
using CognitiveTools.Evals.Problems;
using CsCheck;
using Parquet.Serialization;

namespace CognitiveTools.Evals.Tests.Sources;

/// <summary>
/// Files as others write them: no value is dropped, replaced or moved without a message, and only the documented exception is thrown.
/// </summary>
public sealed class ForeignFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("p.csv", "id,problem,answer\nq1,Add 2, 3,5\nq2,What is 4*4?,16\n", "p.csv:2: 4 fields, the header has 3")]
    [InlineData("p.csv", "id,problem,answer\nq1,Add 2\n", "p.csv:2: 2 fields, the header has 3")]
    [InlineData("p.csv", "id,problem,answer\nq1,\"two\nlines\",5,6\n", "p.csv:2: 4 fields")]
    [InlineData("p.tsv", "id\tproblem\tanswer\nq1\ta\tb\t5\n", "p.tsv:2: 4 fields")]
    [InlineData("p.csv", "id,problem,answer,answer\nq1,a,5,6\n", "p.csv:1: the column 'answer' is there twice")]
    [InlineData("p.csv", "id,problem,Answer,answer\nq1,a,5,6\n", "is there twice")]
    [InlineData(
        "p.csv",
        "id;problem;answer\r\np1;What is 2+3?;5\r\n",
        "p.csv:1: one column was found, \"id;problem;answer\". The delimiter of a .csv file is the comma. The line holds semicolons")]
    [InlineData("p.tsv", "id,problem,answer\np1,a,5\n", "The delimiter of a .tsv file is the tab. The line holds commas")]
    [InlineData("p.csv", "id,frage;antwort\na,b\n", "found: id, frage;antwort")]
    [InlineData("p.csv", "id,problem,answer\np1,He said \"5\" loud,5\n", "p.csv:2: quotation marks")]
    [InlineData("p.csv", "id,problem,answer\np1,a,5\np2,\"never closed,6\np3,c,7\n", "p.csv:3:")]
    [InlineData("p.csv", "id,problem,answer\np1,a,5\np2,b,\"6\np3,c,7\n", "p.csv:3:")]
    [InlineData("p.csv", "id,problem,answer\nq1,,5\n", "p.csv:2: key 'problem' is empty")]
    [InlineData(
        "p.jsonl",
        "{\"id\":\"a\",\"id\":\"b\",\"problem\":\"x\",\"answer\":\"2\"}\n",
        "p.jsonl:1:11: the key 'id' is there twice.")]
    [InlineData("p.jsonl", "{\"id\":\"a\",\"ID\":\"b\",\"problem\":\"x\",\"answer\":\"2\"}\n", "p.jsonl:1: key 'ID' is given twice")]
    [InlineData(
        "p.jsonl",
        "{\"id\":\"a\",\"problem\":\"x\",\"answer\":\"2\",\"extra\":{\"k\":1,\"k\":2}}\n",
        "'k' is there twice in extra.")]
    [InlineData(
        "p.jsonl",
        "{\"id\":\"\\ud800\",\"problem\":\"x\",\"answer\":\"2\"}\n",
        "p.jsonl:1: key 'id' holds half of a surrogate pair")]
    [InlineData(
        "p.jsonl",
        "{\"id\":\"a\",\"problem\":\"a\\ud83d b\",\"answer\":5}\n",
        "p.jsonl:1: key 'problem' holds half of a surrogate pair")]
    [InlineData("p.jsonl", "{\"\\udc00\":1,\"problem\":\"a\",\"answer\":5}\n", "p.jsonl:1: a key holds half of a surrogate pair")]
    [InlineData("p.json", "[{\"id\":\"a\",\"problem\":\"x\",\"answer\":\"\\ud800\"}]", "p.json:1: key 'answer' holds half")]
    [InlineData(
        "p.json",
        "{\n \"data\": [{\"id\":\"a\",\"problem\":\"b\",\"answer\":\"5\"}]\n}",
        "p.json:1: begins one object where a list of problems was expected")]
    [InlineData("p.json", "{\"data\": [{\"id\":\"a\",\"problem\":\"b\",\"answer\":\"5\"}]}", "one object where a list was expected")]
    [InlineData("p.jsonl", "{\"id\":\"a\",\"frage\":\"b\",\"antwort\":\"5\"}\n", "found: id, frage, antwort")]
    [InlineData("p.jsonl", "{\"id\":\"a\",\"problem\":{\"text\":\"b\"},\"answer\":\"5\"}\n", "it is a object")]
    [InlineData("p.jsonl", "{\"id\":\"a\",\"problem\":\"b\",\"answer\":5,\"topic\":{\"a\":1}}\n", "'topic'")]
    public void A_row_that_would_be_misread_is_refused_with_file_and_line(string name, string content, string complaint) =>
        Assert.Contains(complaint, Refused(_folder.Write(name, content)), StringComparison.Ordinal);

    [Fact]
    public void A_duplicate_key_is_named()
    {
        var twice = _folder.Write("p.jsonl", "{\"id\":\"a\",\"id\":\"b\",\"problem\":\"x\",\"answer\":\"2\"}\n");
        Assert.Contains("id", Refused(twice)[^60..], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("p.csv", "aWQscHJvYmxlbSxhbnN3ZXINCnAxLFdoYXQgaXMgMtczPyw2DQo=", "p.csv:2: is not UTF-8")]
    [InlineData("p.jsonl", "eyJpZCI6ImH/IiwicHJvYmxlbSI6IngiLCJhbnN3ZXIiOiIyIn0K", "p.jsonl:1: is not UTF-8")]
    [InlineData("p.jsonl", "//57AA==", "UTF-16")]
    public void Bytes_that_are_not_UTF_8_are_refused_with_their_line(string name, string base64, string complaint)
    {
        File.WriteAllBytes(_folder.File(name), Convert.FromBase64String(base64));

        Assert.Contains(complaint, Refused(_folder.File(name)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("p.jsonl", "{\"id\":\"a\",\"problem\":\"b\",\"answer\":5,\"topic\":\"\"}\n", null)]
    [InlineData("p.jsonl", "{\"id\":\"a\",\"problem\":\"b\",\"answer\":5,\"topic\":null}\n", null)]
    [InlineData("p.jsonl", "{\"id\":\"a\",\"problem\":\"b\",\"answer\":5,\"topic\":[]}\n", null)]
    [InlineData("p.jsonl", "{\"id\":\"a\",\"problem\":\"b\",\"answer\":5,\"topic\":\"\",\"subject\":\"sums\"}\n", "sums")]
    [InlineData(
        "p.jsonl",
        "{\"id\":\"a\",\"problem\":\"b\",\"answer\":5,\"type\":[\"Number Theory\",\"Algebra\"]}\n",
        "Number Theory, Algebra")]
    [InlineData("p.csv", "id,problem,answer,topic\na,b,5,\n", null)]
    [InlineData("p.csv", "id,problem,answer,,\na,b,5,,\n", null)]
    public void An_empty_optional_value_is_absent_and_a_list_of_topics_is_one_topic(string name, string content, string? topic) =>
        Assert.Equal(topic, Assert.Single(ProblemFile.Read(_folder.Write(name, content)).Problems).Topic);

    [Theory]
    [InlineData("finish_reason", "MAX_TOKENS")]
    [InlineData("finish_reason", "model_length")]
    [InlineData("stop_reason", "LENGTH")]
    [InlineData("stop_reason", "max_output_tokens")]
    public void A_cut_is_known_by_the_name_of_any_API(string key, string reason) =>
        Assert.True(Assert.Single(Responses($"{{\"id\":\"a\",\"text\":\"ANSWER: 4\",\"{key}\":\"{reason}\"}}")).Truncated);

    [Theory]
    [InlineData("{\"id\":\"a\",\"text\":null,\"finish_reason\":\"length\"}")]
    [InlineData("{\"id\":\"a\",\"text\":\"\",\"finish_reason\":\"length\"}")]
    [InlineData("{\"id\":\"a\",\"text\":null,\"response\":\"\",\"finish_reason\":\"length\"}")]
    public void A_null_text_is_an_empty_one(string row)
    {
        var response = Assert.Single(Responses(row));

        Assert.Equal(("", true), (response.Text, response.Truncated));
    }

    [Fact]
    public void A_response_row_with_a_stray_comma_is_refused()
    {
        var file = _folder.Write("r.csv", "id,text\nq1,ANSWER: 1,234\n");
        var refused = Assert.Throws<InvalidDataException>(() => ResponseFile.Read(file));
        Assert.Contains("r.csv:2: 3 fields", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_id_of_any_length_is_cut_in_the_message()
    {
        var row = $"{{\"id\":\"{new string('x', 1_000_000)}\",\"problem\":\"b\",\"answer\":5}}\n";

        Assert.True(Refused(_folder.Write("p.jsonl", row + row)).Length < 1000);
        Assert.True(Refused(_folder.Write("p.jsonl", $"{{\"{new string('k', 1_000_000)}\":1}}\n")).Length < 1000);
        Assert.True(Refused(_folder.Write("p.csv", $"{new string('k', 1_000_000)}\n")).Length < 1000);
    }

    [Fact]
    public void A_line_of_a_problem_file_has_a_limit()
    {
        using (var file = new StreamWriter(_folder.File("p.jsonl")))
        {
            file.Write("{\"id\":\"");
            for (var i = 0; i < 70; i++)
                file.Write(new string('x', 1 << 20));
            file.Write("\"}");
        }

        Assert.Contains("p.jsonl:1: the line is longer than 64 MiB", Refused(_folder.File("p.jsonl")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_parquet_file_is_refused_by_name_whatever_the_damage()
    {
        var path = _folder.File("good.parquet");
        await using (var file = File.Create(path))
        {
            await ParquetSerializer.SerializeAsync(
                Enumerable.Range(0, 50).Select(i => new Row { Id = $"p{i}", Problem = $"What is {i}?", Answer = i, Topic = ["a", "b"] }),
                file, cancellationToken: TestContext.Current.CancellationToken);
        }

        Assert.Equal("a, b", ProblemFile.Read(path).Problems[0].Topic);
        var bytes = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        var damaged = _folder.File("bad.parquet");
        Gen.Select(Gen.Int[0, bytes.Length - 1], Gen.Byte, Gen.Int[0, 3]).Array[1, 4].Sample(
            changes =>
            {
                var copy = (byte[])bytes.Clone();
                foreach (var (at, value, kind) in changes)
                {
                    if (kind == 0)
                        copy = copy[..Math.Max(at % copy.Length, 1)];
                    else
                        copy[at % copy.Length] = value;
                }

                File.WriteAllBytes(damaged, copy);
                try
                {
                    ProblemFile.Read(damaged);
                }
                catch (InvalidDataException exception)
                {
                    Assert.Contains("bad.parquet", exception.Message, StringComparison.Ordinal);
                }
            },
            iter: 400, threads: 1);
    }

    [Fact]
    public void Damaged_text_files_give_no_exception_but_the_documented_one()
    {
        const string Json = "{\"id\":\"a\",\"problem\":\"What is \\\"1\\\"?\",\"answer\":1,\"topic\":[\"x\"],\"year\":2024}\n"
            + "{\"id\":\"b\",\"problem\":\"2?\",\"answer\":\"2\"}\n";
        const string Csv = "id,problem,answer,topic\na,\"Say \"\"1\"\",\nplease.\",1,x\nb,2?,2,\n";
        var files = AnyOf(
            (Json, "m.jsonl"),
            ("[" + Json.Replace("}\n{", "},\n{") + "]", "m.json"),
            (Csv, "m.csv"),
            (Csv.Replace(',', '\t'), "m.tsv"));
        Gen.Select(files, Gen.Int[0, 200], AnyOf("\"", "{", "}", ",", "\n", "\r", "\0", "\\", "[", "é", "\\ud83d", "\t", ""))
            .Sample(
                (file, at, mark) =>
                {
                    var (text, name) = file;
                    var place = Math.Min(at, text.Length);
                    var path = _folder.Write(name, mark.Length == 0 ? text.Remove(place) : text.Insert(place, mark));
                    foreach (var read in new Action[] { () => ProblemFile.Read(path), () => ResponseFile.Read(path) })
                    {
                        try
                        {
                            read();
                        }
                        catch (InvalidDataException exception)
                        {
                            Assert.Contains(name, exception.Message, StringComparison.Ordinal);
                        }
                    }
                },
                iter: 1500, threads: 1);
    }

    private IReadOnlyList<Response> Responses(string row) => ResponseFile.Read(_folder.Write("r.jsonl", row + "\n"));

    private static string Refused(string path) => Assert.Throws<InvalidDataException>(() => ProblemFile.Read(path)).Message;

    private static Gen<T> AnyOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private sealed class Row
    {
        public string? Id { get; set; }

        public string? Problem { get; set; }

        public int Answer { get; set; }

        public List<string>? Topic { get; set; }
    }
}
