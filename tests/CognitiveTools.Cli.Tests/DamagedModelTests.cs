using CognitiveTools.TestModels;

namespace CognitiveTools.Cli.Tests;

/// <summary>A model that computes no numbers is an error in every command, and never an empty answer or 0% without errors.</summary>
public sealed class DamagedModelTests(TinyFiles files) : IClassFixture<TinyFiles>
{
    private string Model => TinyModel.Write(files.PathOf("nan.gguf"), seed: 1, new TinyModelOptions { Context = 2048, Gain = double.NaN });

    [Fact]
    public async Task An_evaluation_counts_its_units_as_errors_and_says_so()
    {
        var units = files.PathOf("nan");
        var run = await CommandRun.OfAsync("eval", "-m", Model, "-p", files.Problems, "-a", "direct,cot", "--run", units, "--threads", "1");

        Assert.Equal(ExitCodes.Attention, run.ExitCode);
        Assert.Contains("6 of 6 samples (100%) failed", run.Output + run.Error, StringComparison.Ordinal);
        Assert.Contains("nan.gguf predicts nothing at position", run.Output + run.Error, StringComparison.Ordinal);
        var lines = await File.ReadAllLinesAsync(Path.Combine(units, "units.jsonl"), TestContext.Current.CancellationToken);
        Assert.Equal(6, lines.Count(line => line.Contains("\"status\":\"error\"", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_question_ends_with_the_reason_and_another_exit_code()
    {
        var run = await CommandRun.OfAsync("ask", "What is 2 + 2?", "-r", "direct", "-m", Model, "--threads", "1");

        Assert.Equal(ExitCodes.Attention, run.ExitCode);
        Assert.Contains("a logit is NaN", run.Error, StringComparison.Ordinal);
    }
}
