using CognitiveTools.Cli;

namespace CognitiveTools.Lab.Tests.Commands;

public sealed class NumberOptionTests
{
    [Theory]
    [InlineData("bench --width 2147483647", "--width is 2147483647; it must be")]
    [InlineData("bench --repetitions 0", "--repetitions is 0; it must be")]
    [InlineData("bench --sequences 1 0 4", "--sequences is 0; it must be a whole number from 1 to 255.")]
    [InlineData("bench --sequences 1 2147483647", "--sequences is 2147483647; it must be")]
    [InlineData("data problems --count 2147483647", "--count is 2147483647; it must be")]
    public async Task A_number_out_of_range_is_refused_before_any_work_with_the_option(string line, string message)
    {
        var run = await CommandRun.OfAsync(line.Split(' '));

        Assert.Equal(ExitCodes.BadInput, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }
}
