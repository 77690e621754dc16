using CognitiveTools.Evals.Suites;
using CognitiveTools.Tests.Files;
using CsCheck;

namespace CognitiveTools.Evals.Tests.Suites;

/// <summary>Damaged suites: whatever is wrong with them, the documented exception says where.</summary>
public sealed class DamagedYamlTests
{
    [Fact]
    public void Damaged_suites_are_refused_or_read() =>
        Mutate(Files("evals/suites", "*.yaml"), text => SuiteFile.Parse(new StringReader(text), "suite.yaml"));

    [Theory]
    [InlineData("1e300")]
    [InlineData("1e12")]
    [InlineData("NaN")]
    [InlineData("-1")]
    public void A_wall_time_out_of_range_is_refused_with_line_and_key(string seconds)
    {
        var suite = $"model: mini\nproblems: problems.jsonl\narms: [direct]\nbudget: {{wallTimeSeconds: {seconds}}}\n";

        var message = Assert.Throws<InvalidDataException>(() => SuiteFile.Parse(new StringReader(suite), "s.yaml")).Message;

        Assert.StartsWith("s.yaml:4: wallTimeSeconds: ", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("temperature: 1e300")]
    [InlineData("temperature: NaN")]
    [InlineData("samples: 99999999999")]
    [InlineData("take: 0")]
    [InlineData("seed: 1.5")]
    [InlineData("budget: {positions: -1}")]
    [InlineData("budget: {positions: 2000000000}")]
    [InlineData("budget: {tokensPerTurn: 1000000001}")]
    [InlineData("budget: {toolCalls: 2147483647}")]
    [InlineData("budget: {callsPerTool: 99999999999}")]
    [InlineData("take: 10000001")]
    [InlineData("skip: 2147483647")]
    public void A_number_out_of_range_is_refused_with_its_line(string line) => Assert.StartsWith(
        "s.yaml:2: ",
        Assert.Throws<InvalidDataException>(() => SuiteFile.Parse(new StringReader($"arms: [direct]\n{line}\n"), "s.yaml")).Message,
        StringComparison.Ordinal);

    [Fact]
    public void The_message_has_both_bounds_and_the_largest_value_is_accepted()
    {
        var message = Assert.Throws<InvalidDataException>(() => Read(1_000_000_001)).Message;

        Assert.Contains("'1000000001' is not a whole number from 1 to 1,000,000,000", message, StringComparison.Ordinal);
        Assert.Equal(1_000_000_000, Read(1_000_000_000).Budget.Positions);

        static Suite Read(int positions) =>
            SuiteFile.Parse(new StringReader($"arms: [direct]\nbudget: {{positions: {positions}}}\n"), "s.yaml");
    }

    private static void Mutate(string[] texts, Action<string> read) => Gen.OneOf([.. texts.Select(TextMutations.Of)]).Sample(
        text =>
        {
            try
            {
                read(text);
            }
            catch (InvalidDataException)
            {
                // documented
            }
        },
        iter: 1500, threads: 1);

    private static string[] Files(string folder, string pattern)
    {
        var files = Directory.GetFiles(Path.Combine(Repository.Root, folder), pattern).Order(StringComparer.Ordinal);
        string[] texts = [.. files.Select(File.ReadAllText)];
        Assert.NotEmpty(texts);
        return texts;
    }
}
