using CognitiveTools.Evals.Imports;
using CognitiveTools.Evals.Problems;

namespace CognitiveTools.Evals.Tests.Imports;

public sealed class ProblemImportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_set_of_our_own_is_imported_with_its_origin()
    {
        var file = _folder.Write("mine.csv", "id,problem,answer,has_figure_code\na,1?,1,false\nb,2?,2,True\n");

        var imported = ProblemImport.Run("mine", file, "mine.csv", _folder.File("sets"), TimeProvider.System);

        Assert.Equal("a", Assert.Single(ProblemFile.Read(imported.Path).Problems).Id);
        var origin = ProblemOrigin.Beside(imported.Path)!;
        Assert.Equal(imported.Origin, origin);
        Assert.Equal(("mine", "mine.csv", "none"), (origin.Set, origin.From, origin.Pinned));
        Assert.Equal((1, 1), (origin.Problems, origin.FigureProblemsLeftOut));
        Assert.Contains("only the format was checked", Assert.Single(imported.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void A_known_set_with_other_answers_is_refused_and_nothing_is_written()
    {
        var file = _folder.Write("aime24.jsonl", """{"id": "a", "problem": "1?", "answer": "384"}""");

        var sets = _folder.File("sets");
        var exception = Assert.Throws<InvalidDataException>(() => ProblemImport.Run("aime24", file, "x", sets, TimeProvider.System));

        Assert.Contains("1 problems instead of 30", exception.Message, StringComparison.Ordinal);
        Assert.Contains("--accept-unknown", exception.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.File("sets")));
        var accepted = ProblemImport.Run("aime24", file, "x", sets, TimeProvider.System, acceptUnknown: true);
        Assert.Equal("none", accepted.Origin.Pinned);
    }

    [Theory]
    [InlineData("../up")]
    [InlineData(".hidden")]
    [InlineData("a b")]
    public void A_name_that_cannot_be_a_file_name_is_refused(string name) =>
        Assert.Throws<ArgumentException>(
            () => ProblemImport.Run(name, _folder.Write("x.jsonl", "{}"), "x", _folder.Root, TimeProvider.System));

    [Fact]
    public void Every_known_set_can_be_told_from_another()
    {
        Assert.Equal(KnownSets.All.Count, KnownSets.All.Select(s => s.AnswersSha256).Distinct().Count());
        Assert.All(KnownSets.All, set => Assert.All(set.Files.Keys, hash => Assert.Matches("^[0-9a-f]{64}$", hash)));
    }

    [Theory]
    [InlineData("aime24", "aime_2024.jsonl")]
    [InlineData("aime25", "aime_2025.jsonl")]
    [InlineData("aime-1983-2023", "aime_1983_2023.jsonl")]
    [InlineData("amc23", "amc23_40.jsonl")]
    [InlineData("amc22-23", "amc_2022_2023_83.jsonl")]
    [InlineData("gsm8k", "gsm8k_test.jsonl")]
    [InlineData("math500", "math500.jsonl")]
    public void The_pins_are_those_of_the_checked_files(string name, string file)
    {
        var folder = Environment.GetEnvironmentVariable("COGTOOLS_DATA");
        Assert.SkipWhen(folder is null, "To run it: COGTOOLS_DATA=FOLDER dotnet test -c Release, where FOLDER holds the published sets.");
        var known = KnownSets.Find(name)!;

        var imported = ProblemImport.Run(name, Path.Combine(folder!, file), file, _folder.File("sets"), TimeProvider.System);

        Assert.Equal("file", imported.Origin.Pinned);
        Assert.Equal(known.Problems, imported.Origin.Problems);
        Assert.Equal(known.AnswersSha256, ProblemImport.HashAnswers(ProblemFile.Read(imported.Path).Problems));
    }
}
