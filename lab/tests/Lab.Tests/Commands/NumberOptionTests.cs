using System.CommandLine;
using CognitiveTools.Cli.Tests;
using CognitiveTools.Lab.Commands;

namespace CognitiveTools.Lab.Tests.Commands;

/// <summary>The number options of <c>coglab</c>, under the same properties as those of <c>cogtools</c>.</summary>
public sealed class NumberOptionTests : NumberOptionProperties<NumberOptionTests.Program>
{
    [Theory]
    [InlineData("bench --width 2147483647", "--width is 2147483647; it must be")]
    [InlineData("bench --repetitions 0", "--repetitions is 0; it must be")]
    [InlineData("bench --sequences 1 0 4", "--sequences is 0; it must be a whole number from 1 to 255.")]
    [InlineData("bench --sequences 1 2147483647", "--sequences is 2147483647; it must be")]
    [InlineData("data problems --count 2147483647", "--count is 2147483647; it must be")]
    public async Task A_number_out_of_range_is_refused_before_any_work_with_the_option(string line, string message) =>
        Assert.Contains(message, await RefusedAsync(line.Split(' ')), StringComparison.Ordinal);

    /// <inheritdoc/>
    public sealed class Program : ICommandLine
    {
        /// <inheritdoc/>
        public static int LeastNumberOptions => 20;

        /// <inheritdoc/>
        public static int LeastFractionOptions => 2;

        /// <inheritdoc/>
        public static Command Create() => CoglabCommand.Create();
    }
}
