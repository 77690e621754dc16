using CognitiveTools.Cli.Problems;
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

        // The problems of some suites are generated first, into runs/.
        Assert.True(
            suite.Problems is null || File.Exists(suite.Problems) || Path.GetFileName(Path.GetDirectoryName(suite.Problems)) == "runs",
            suite.Problems);
    }

    [Fact]
    public void The_problem_sets_that_come_with_the_tool_go_by_their_names()
    {
        Assert.Equal(["dataalchemy", "held-out", "operations", "originals"], ShippedData.Problems.Names);
        Assert.Equal(90, ProblemReader.Read("originals").Problems.Problems.Count);
    }

    [Theory]
    [InlineData("--suite", "methds", "Did you mean 'methods'?")]
    [InlineData("--suite", "no/such/file.yaml", "default, depth")]
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
