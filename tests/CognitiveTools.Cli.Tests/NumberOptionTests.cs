using System.CommandLine;
using CognitiveTools.Evals.Suites;

namespace CognitiveTools.Cli.Tests;

/// <summary>The number options of <c>cogtools</c>.</summary>
public sealed class NumberOptionTests(TinyFiles files) : NumberOptionProperties<NumberOptionTests.Program>, IClassFixture<TinyFiles>
{
    [Fact]
    public void An_option_with_a_number_and_no_range_is_refused_when_the_command_line_is_made()
    {
        var command = new Command("x") { new Option<int?>("--bare") };
        var error = Assert.Throws<InvalidOperationException>(() => NumberOptions.UseOneForm(command));
        Assert.Contains("--bare takes a number and states no range", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ask x --temperature -1", "--temperature is -1; it must be a number from 0 to 100.")]
    [InlineData("ask x --temperature 1e30", "--temperature is 1E+30; it must be a number from 0 to 100.")]
    [InlineData("eval --temperature -0.5", "--temperature is -0.5; it must be a number from 0 to 100.")]
    [InlineData("ask x --threads 0", "--threads is 0; it must be a whole number from 1 to 1,024.")]
    [InlineData("ask x --context 1", "--context is 1; it must be a whole number from 16 to")]
    [InlineData("ask x --context 99999999", "--context is 99999999; it must be")]
    [InlineData("ask x --gpu-layers -7", "--gpu-layers is -7; it must be a whole number from -1 to")]
    [InlineData("ask x --steps 2147483647", "--steps is 2147483647; it must be")]
    [InlineData("eval --samples 2147483647", "--samples is 2147483647; it must be a whole number from 1 to 100,000.")]
    [InlineData("eval --samples 0", "--samples is 0")]
    [InlineData("eval --take 2147483647", "--take is 2147483647; it must be")]
    [InlineData("eval --concurrency 2147483647", "--concurrency is 2147483647; it must be")]
    [InlineData("ask x --positions 2147483647", "--positions is 2147483647; it must be a whole number from 1 to 1,000,000,000.")]
    [InlineData("ask x --max-tokens 99999999999", "--max-tokens is 99999999999; it must be a whole number from 1 to 1,000,000,000.")]
    [InlineData("ask x --timeout 0", "--timeout is 0; it must be a number from 0.001 to 1,000,000.")]
    [InlineData("eval --run-positions 0", "--run-positions is 0; it must be")]
    [InlineData("eval --run-positions 9223372036854775807", "--run-positions is 9223372036854775807; it must be")]
    [InlineData("eval --run-minutes -1", "--run-minutes is -1; it must be")]
    [InlineData("eval --max-error-share 1.5", "--max-error-share is 1.5; it must be a number from 0 to 1.")]
    [InlineData("report x --transcripts -1", "--transcripts is -1; it must be")]
    [InlineData("replay x --sample -1", "--sample is -1; it must be")]
    [InlineData("serve --port 65536", "--port is 65536; it must be")]
    public async Task A_number_out_of_range_is_refused_before_any_work_with_the_option(string line, string message)
    {
        var run = await CommandRun.OfAsync(line.Split(' '));

        Assert.Equal(ExitCodes.BadInput, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Parameter", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Samples_of_a_suite_file_have_the_same_range_as_the_option()
    {
        var suite = files.PathOf("samples.yaml");
        var text = $"problems: {files.Problems}\ntemperature: 1\nsamples: 2147483647\narms: [direct]\n";
        await File.WriteAllTextAsync(suite, text, TestContext.Current.CancellationToken);

        var run = await CommandRun.OfAsync("eval", "--suite", suite, "-m", files.Model);

        Assert.Equal(ExitCodes.BadInput, run.ExitCode);
        Assert.Contains("samples is 2147483647; it must be at least 1 and at most 100,000", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task More_units_than_a_run_can_hold_are_refused_before_a_model_is_loaded(bool dry)
    {
        var suite = files.PathOf("units.yaml");
        var arms = string.Join(", ", Enumerable.Range(0, 40).Select(i => $"{{name: a{i}, reasoner: direct}}"));
        var text = $"problems: {files.Problems}\ntemperature: 1\nsamples: {Suite.MostSamples}\narms: [{arms}]\n";
        await File.WriteAllTextAsync(suite, text, TestContext.Current.CancellationToken);

        string[] command = ["eval", "--suite", suite, "-m", files.Model, "--run", files.PathOf("never")];
        var run = await CommandRun.OfAsync(dry ? [.. command, "--dry-run"] : command);

        Assert.Equal(ExitCodes.BadInput, run.ExitCode);
        Assert.Contains("are 12,000,000 units; a run has at most 10,000,000. Lower samples or take.", run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(files.PathOf("never")));
    }

    /// <inheritdoc/>
    public sealed class Program : ICommandLine
    {
        /// <inheritdoc/>
        public static int LeastNumberOptions => 26;

        /// <inheritdoc/>
        public static int LeastFractionOptions => 6;

        /// <inheritdoc/>
        public static Command Create() => CogtoolsCommand.Create();
    }
}
