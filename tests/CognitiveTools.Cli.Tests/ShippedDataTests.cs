using CognitiveTools.Cli.Problems;
using CognitiveTools.Evals.Imports;
using CognitiveTools.Evals.Problems;
using CognitiveTools.Evals.Suites;

namespace CognitiveTools.Cli.Tests;

public sealed class ShippedDataTests
{
    public static TheoryData<string> Suites => [.. ShippedData.Suites.Names];

    [Theory]
    [MemberData(nameof(Suites))]
    public void Every_suite_that_comes_with_the_tool_goes_by_its_name_and_so_do_its_problems(string name)
    {
        var suite = SuiteFile.Read(ShippedData.Suites.Require(name));

        // The problems of some suites are generated first, into runs/, and published sets are imported by name.
        foreach (var problems in suite.Problems is { } named ? ProblemNames.Split(named) : [])
        {
            var isGenerated = Path.GetFileName(Path.GetDirectoryName(problems)) == "runs";
            Assert.True(File.Exists(problems) || isGenerated || KnownSets.Find(problems) is not null, problems);
        }
    }

    [Fact]
    public void The_problem_sets_that_come_with_the_tool_go_by_their_names()
    {
        Assert.All(ShippedData.Problems.Names, static name => Assert.NotEmpty(ProblemReader.Read(name).Problems.Problems));
        Assert.Equal(90, ProblemReader.Read("originals").Problems.Problems.Count);
    }

    [Theory]
    [InlineData("--suite", "methds", "Did you mean 'methods'?")]
    [InlineData("--suite", "no/such/file.yaml", "default, ")]
    [InlineData("--problems", "orginals", "Did you mean 'originals'?")]
    public async Task A_name_that_there_is_not_gets_the_names_that_there_are(string option, string name, string expected)
    {
        var run = await CommandRun.OfAsync("eval", option, name, "--arms", "direct", "-m", "mini");

        Assert.Equal(ExitCodes.BadInput, run.ExitCode);
        Assert.Contains($"'{name}'", run.Error, StringComparison.Ordinal);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void They_are_beside_the_program_too()
    {
        Assert.Equal(ShippedData.Suites.Names, Beside("suites", "*.yaml"));
        Assert.Equal(ShippedData.Problems.Names, Beside("problems", "*.jsonl"));

        static IEnumerable<string> Beside(string folder, string files) =>
            Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "evals", folder), files)
                .Select(static file => Path.GetFileNameWithoutExtension(file))
                .Order(StringComparer.Ordinal);
    }
}
