using CognitiveTools.Reasoners;
using CognitiveTools.Traces;

namespace CognitiveTools.Cli.Tests;

public sealed class AskCommandTests(TinyFiles files) : IClassFixture<TinyFiles>
{
    [Fact]
    public async Task The_whole_reasoning_can_be_had_as_json()
    {
        var run = await CommandRun.OfAsync(
            "ask", "What is 2 + 2?", "-r", "latent:steps=2", "-m", files.Model, "--max-tokens", "5", "--json", "--threads", "1");

        var reasoning = ReasoningJson.Read(run.Output);
        Assert.Equal(2, reasoning.Steps.OfType<Thought>().Count());
        Assert.Equal(2, reasoning.Usage.Latent);
    }

    [Fact]
    public async Task Rule_and_steps_may_be_options_of_their_own_but_not_said_twice()
    {
        var run = await CommandRun.OfAsync(
            "ask", "What is 2 + 2?", "-r", "latent", "--rule", "soft", "--steps", "3", "-m", files.Model, "--max-tokens", "5",
            "--json", "--threads", "1");
        var twice = await CommandRun.OfAsync("ask", "What is 2 + 2?", "-r", "latent:steps=2", "--steps", "3", "-m", files.Model);

        Assert.Equal(3, ReasoningJson.Read(run.Output).Usage.Latent);
        Assert.Equal(ExitCodes.BadInput, twice.ExitCode);
        Assert.Contains("'steps' is given twice", twice.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cot", "--rule", "soft", "latent")]
    [InlineData("direct", "--steps", "3", "latent, pause")]
    [InlineData("tools", "--steps", "3", "latent, pause")]
    [InlineData("pause", "--rule", "soft", "latent")]
    public async Task An_option_that_the_reasoner_has_no_setting_for_is_refused_by_its_name(
        string reasoner, string option, string value, string others)
    {
        var run = await CommandRun.OfAsync("ask", "Hi", "-r", reasoner, option, value, "-m", files.Model);

        Assert.Equal(ExitCodes.BadInput, run.ExitCode);
        Assert.Contains($"{option} does not fit the reasoner '{reasoner}'", run.Error, StringComparison.Ordinal);
        Assert.Contains(others, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_cut_by_its_limit_is_not_a_success()
    {
        var run = await CommandRun.OfAsync("ask", "What is 2 + 2?", "-r", "cot", "-m", files.Model, "--max-tokens", "3", "--threads", "1");

        Assert.Equal(ExitCodes.Attention, run.ExitCode);
        Assert.Contains("TokenLimit", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_trace_shows_every_thought()
    {
        var run = await CommandRun.OfAsync(
            "ask", "What is 2 + 2?", "-r", "latent:steps=3", "-m", files.Model, "--max-tokens", "3", "--show-trace", "--threads", "1");

        Assert.Equal(3, run.Error.Split('\n').Count(l => l.Contains("thought", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task An_unknown_model_is_named_with_the_remedy()
    {
        var run = await CommandRun.OfAsync("ask", "x", "-m", "no-such-model");

        Assert.Equal(ExitCodes.BadInput, run.ExitCode);
        Assert.Contains("no-such-model", run.Error, StringComparison.Ordinal);
        Assert.Contains("tinyllama", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_model_file_is_refused_by_name()
    {
        var path = files.PathOf("damaged.gguf");
        await File.WriteAllBytesAsync(
            path,
            (await File.ReadAllBytesAsync(files.Model, TestContext.Current.CancellationToken))[..5000],
            TestContext.Current.CancellationToken);

        var run = await CommandRun.OfAsync("ask", "x", "-m", path);

        Assert.Equal(ExitCodes.BadInput, run.ExitCode);
        Assert.Contains("damaged.gguf", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bundled_model_with_another_models_prompts_is_told_so_whatever_its_file_is_called()
    {
        var copy = files.PathOf("renamed.gguf");
        File.Copy(
            new CognitiveTools.Models.Catalog.ModelStore(CognitiveTools.Models.Catalog.ModelCatalog.Load()).Require("mini").Path,
            copy,
            overwrite: true);

        var run = await CommandRun.OfAsync("ask", "What is 2 + 2?", "-r", "direct", "-m", copy, "--max-tokens", "3", "--threads", "1");
        var own = await CommandRun.OfAsync("ask", "What is 2 + 2?", "-r", "direct", "-m", "mini", "--max-tokens", "3", "--threads", "1");

        Assert.Contains(
            "renamed.gguf is the model 'mini', which is made for the prompt profile 'mini'", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("profile", own.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Layers_for_a_GPU_that_is_not_there_are_refused()
    {
        var run = await CommandRun.OfAsync("ask", "x", "-m", files.Model, "--gpu-layers", "99");
        Assert.SkipWhen(run.ExitCode == ExitCodes.Success, "A GPU is here; run it on a machine without one.");

        Assert.Equal(ExitCodes.BadInput, run.ExitCode);
        Assert.Contains("GpuLayers is 99", run.Error, StringComparison.Ordinal);
    }
}
