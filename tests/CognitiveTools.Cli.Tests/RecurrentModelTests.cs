using System.Text.Json;

namespace CognitiveTools.Cli.Tests;

/// <summary>The recurrent-depth models through the commands.</summary>
public sealed class RecurrentModelTests
{
    [Fact]
    public async Task A_question_is_answered_at_the_depth_asked_for()
    {
        var run = await CommandRun.OfAsync("ask", "3 +4 mod 5", "-m", "recurrent", "--reasoner", "recurrent:depth=8");

        Assert.Equal((ExitCodes.Success, "ANSWER: 2"), (run.ExitCode, run.Output.Trim()));
        Assert.Contains("40 positions (prompt 4, generated 1, latent 35", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_suite_runs_with_the_twin_as_a_control()
    {
        using var files = new TinyFiles();
        var run = await CommandRun.OfAsync(
            "eval", "--suite", BundledFiles.Find("evals/suites/recurrent.yaml"), "--take", "6",
            "--run", files.PathOf("run"), "--json");

        Assert.Equal(ExitCodes.Success, run.ExitCode);
        using var summary = JsonDocument.Parse(run.Output);
        Assert.Equal(10, summary.RootElement.GetProperty("arms").GetArrayLength());
    }

    [Theory]
    [InlineData("recurrent", "direct", "Use the reasoner 'recurrent'")]
    [InlineData("recurrent", "latent", "recurrent")]
    [InlineData("mini", "recurrent", "--model recurrent")]
    [InlineData("recurrent+set=a:b", "recurrent", "+set=a:b changes GGUF models only")]
    public async Task A_reasoner_and_a_model_that_do_not_fit_are_refused_with_the_remedy(string model, string reasoner, string remedy)
    {
        var run = await CommandRun.OfAsync("ask", "3 +4 mod 5", "-m", model, "--reasoner", reasoner);

        Assert.NotEqual(ExitCodes.Success, run.ExitCode);
        Assert.Contains(remedy, run.Error, StringComparison.Ordinal);
    }
}
