namespace CognitiveTools.LLamaSharp.Tests;

/// <summary>LLamaSharp and our engine in one process, on the same files.</summary>
public sealed class OneProcessTests
{
    [Theory]
    [InlineData("ours-first")]
    [InlineData("theirs-first")]
    public async Task Both_engines_answer_alike_whichever_loads_the_libraries_first(string order)
    {
        var (exitCode, lines) = await HostProcess.RunAsync(
            order, "Ann has 3 apples and buys 4 more. How many apples has Ann?", TestContext.Current.CancellationToken);

        Assert.Equal(0, exitCode);
        var answers = lines
            .Select(static line => line.Split(": ", 2))
            .ToDictionary(static parts => parts[0], static parts => parts[1], StringComparer.Ordinal);
        Assert.NotEmpty(answers["ours"]);
        Assert.Equal(answers["ours"], answers["theirs"]);
    }
}
