using CognitiveTools.Evals.Runs;
using CognitiveTools.TestModels;

namespace CognitiveTools.Cli.Tests;

/// <summary>Thinking through the command line, on a model that is scripted to think before it answers.</summary>
public sealed class ThinkCurveTests(TinyFiles files) : IClassFixture<TinyFiles>
{
    private const string Template =
        "{% for message in messages %}{{'<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>' + '\\n'}}{% endfor %}"
        + "{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}{# <think> </think> #}";

    private static readonly string Suite = BundledFiles.Find("evals/suites/think-curve.yaml");

    // Whoever thinks to the end answers 2; behind the end that the engine writes comes another thought, and then the answer 4.
    private string Model { get; } = ScriptedModel.Write(files.PathOf($"{Guid.NewGuid():N}.gguf"), Template, ["<think>", "</think>"],
        ["\n", "<think>", "a ", "b ", "c ", "d ", "e ", "f ", "g ", "h ", "i ", "j ", "</think>", "ANSWER: 2"]);

    [Fact]
    public async Task The_suite_gives_accuracy_against_thought_tokens_and_the_report_shows_them()
    {
        var run = files.PathOf("curve");

        var evaluated = await CommandRun.OfAsync(
            "eval", "--suite", Suite, "-m", Model, "-p", files.Problems, "--run", run, "--threads", "1");

        Assert.Equal((ExitCodes.Success, ""), (evaluated.ExitCode, evaluated.ExitCode == ExitCodes.Success ? "" : evaluated.Error));
        Assert.Contains("thoughts", evaluated.Output, StringComparison.Ordinal);
        var units = RunResult.Load(run).Units;
        Assert.Equal(9 * 3, units.Count);
        Assert.All(units, static unit => Assert.Null(unit.Error));
        var free = units.Where(static unit => unit.Arm == "free").Select(static unit => unit.Usage.ThoughtTokens).Distinct();
        Assert.Equal(12, Assert.Single(free)); // ten tokens and two marks
        Assert.All(units.Where(static unit => unit.Arm == "64 tokens"), static unit => Assert.Equal(12, unit.Usage.ThoughtTokens));
        Assert.All(units, static unit => Assert.True(unit.Usage.ThoughtTokens <= unit.Usage.Generated));
    }

    [Fact]
    public async Task Ask_shows_the_thoughts_apart_and_counts_them()
    {
        var asked = await CommandRun.OfAsync("ask", "1 + 1?", "-m", Model, "-r", "cot", "--show-trace", "--threads", "1");

        Assert.Equal(("ANSWER: 2", ExitCodes.Success), (asked.Output.Trim(), asked.ExitCode));
        Assert.Contains("a b c d", asked.Error, StringComparison.Ordinal);
        Assert.Contains("; 12 of thoughts", asked.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("5", "1")]
    [InlineData("5", "500")]
    [InlineData("1", "500")] // the mark alone
    [InlineData("0", "500")]
    public async Task A_thought_that_a_limit_cuts_gives_no_text_and_names_the_limit(string thoughts, string tokens)
    {
        var asked = await CommandRun.OfAsync("ask", "1 + 1?", "-m", Model, "-r", "cot", "--thought-tokens", thoughts,
            "--max-tokens", tokens, "--threads", "1");

        Assert.Equal(("", ExitCodes.Attention), (asked.Output.Trim(), asked.ExitCode));
        Assert.Contains("limits hit: thoughtTokens", asked.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--think", "on")]
    [InlineData("--think", "off")]
    [InlineData("--thoughts", "5")]
    public async Task A_model_that_does_not_think_refuses_the_settings_by_name(string option, string value)
    {
        var asked = await CommandRun.OfAsync("ask", "1 + 1?", "-m", files.Model, "-r", "cot", option, value, "--threads", "1");

        Assert.Equal(ExitCodes.BadInput, asked.ExitCode);
        Assert.Contains("tiny.gguf does not think", asked.Error, StringComparison.Ordinal);
        Assert.Contains(option.TrimStart('-'), asked.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("inprocess", "low")]
    [InlineData("process", "high")]
    public async Task A_level_that_the_model_does_not_have_is_bad_input(string host, string level)
    {
        var asked = await CogtoolsProcess.RunAsync(
            ["ask", "1 + 1?", "-m", Model, "-r", "cot", "--think", level, "--threads", "1", "--host", host]);
        var evaluated = await CogtoolsProcess.RunAsync(["eval", "-m", Model, "-p", files.Problems, "--arms", $"cot:think={level}",
            "--run", files.PathOf($"{host}-{level}"), "--threads", "1", "--host", host]);

        foreach (var refused in new[] { asked, evaluated })
        {
            Assert.Equal(ExitCodes.BadInput, refused.ExitCode);
            Assert.Contains($"so think={level} cannot be set. Use think=on or think=off", refused.Error, StringComparison.Ordinal);
            Assert.DoesNotContain("Exception", refused.Error, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("nothing", "cogtools: +thoughts 'nothing' is not one of: channels")]
    [InlineData("", "write +thoughts=FORMAT")]
    public async Task An_unknown_format_of_thoughts_is_refused(string format, string message)
    {
        var asked = await CommandRun.OfAsync("ask", "1 + 1?", "-m", $"{files.Model}+thoughts={format}", "-r", "cot", "--threads", "1");

        Assert.Contains(message, asked.Error, StringComparison.Ordinal);
        Assert.NotEqual(ExitCodes.Success, asked.ExitCode);
    }

    [Fact]
    public async Task More_tokens_a_turn_than_positions_are_refused()
    {
        var asked = await CommandRun.OfAsync(
            "ask", "1 + 1?", "-m", files.Model, "-r", "cot", "--max-tokens", "50", "--positions", "20", "--threads", "1");

        Assert.Contains("--max-tokens 50 cannot be reached with --positions 20", asked.Error, StringComparison.Ordinal);
    }
}
