using CognitiveTools.TestModels;

namespace CognitiveTools.Cli.Tests;

/// <summary>What would fail at every question is refused before the first one: exit code 2, and no run is begun.</summary>
public sealed class RefusedAtStartTests(TinyFiles files) : IClassFixture<TinyFiles>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("nosuch", "--chat-template: 'nosuch' is not the name of a chat template.")]
    [InlineData("{% for m in messages %}{{ m.content | urlize }}{% endfor %}", "the renderer does not support the filter 'urlize'")]
    [InlineData("{{ raise_exception('no!') }}", "the template refuses the conversation: no! Change the conversation")]
    [InlineData("{% if messages %}hello{% endif %}", "has no place for message 0")]
    public async Task A_chat_template_that_cannot_be_used_is_refused_once(string template, string message)
    {
        var given = template;
        if (template.Contains('{', StringComparison.Ordinal))
            await File.WriteAllTextAsync(given = files.PathOf($"{Guid.NewGuid():N}.jinja"), template, Token);
        string[] model = ["-m", files.Model, "--threads", "1", "--chat-template", given];
        var folder = files.PathOf($"{Guid.NewGuid():N}");

        await RefusedAsync(message, ["ask", "1 + 1?", "-r", "cot", .. model]);
        await RefusedAsync(message, ["serve", "--port", "0", .. model]);
        await RefusedAsync(message, ["eval", "-p", files.Problems, "-a", "direct,cot", "--run", folder, .. model]);
        Assert.False(Directory.Exists(folder));
    }

    [Theory]
    [InlineData("inprocess")]
    [InlineData("process")]
    public async Task A_variable_that_the_template_does_not_read_is_refused_once(string host)
    {
        var folder = files.PathOf($"{Guid.NewGuid():N}");

        var run = await CogtoolsProcess.RunAsync(
            ["eval", "-m", files.Model, "-p", files.Problems, "-a", "cot", "--threads", "1", "--host", host, "--run", folder],
            ("COGTOOLS_Llama__TemplateVariables__foo", "1"));

        Assert.Equal(ExitCodes.BadInput, run.ExitCode);
        Assert.Contains(
            "Llama:TemplateVariables: The chat template of tiny.gguf has no variable 'foo'.", run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public async Task A_worker_process_refuses_it_too()
    {
        var run = await CogtoolsProcess.RunAsync(
            ["ask", "x", "-r", "cot", "-m", files.Model, "--threads", "1", "--host", "process", "--chat-template", "nosuch"]);

        Assert.Equal(ExitCodes.BadInput, run.ExitCode);
        Assert.Contains("--chat-template: 'nosuch' is not the name", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_template_that_renders_a_message_and_a_model_without_one_go_on_working()
    {
        var template = files.PathOf("good.jinja");
        await File.WriteAllTextAsync(template, "{% for m in messages %}{{ m.role }}: {{ m.content }}\n{% endfor %}assistant:", Token);
        var without = TinyModel.Write(files.PathOf("without.gguf"), seed: 1, new TinyModelOptions { Context = 2048, Template = null });
        string[] ask = ["ask", "x", "--threads", "1", "--max-tokens", "2"];

        Assert.DoesNotContain(
            "template", (await CommandRun.OfAsync([.. ask, "-m", files.Model, "-r", "cot", "--chat-template", template])).Error,
            StringComparison.Ordinal);
        Assert.NotEqual(ExitCodes.BadInput, (await CommandRun.OfAsync([.. ask, "-m", without, "-r", "cot"])).ExitCode);
    }

    [Theory]
    [InlineData("tools")]
    [InlineData("tools:style=json,think=off")]
    [InlineData("maj:k=2,of=tools")]
    public async Task Tools_on_a_model_whose_text_is_all_thought_are_refused_with_the_remedy(string reasoner)
    {
        string[] model = ["-m", "mini+thoughts=until-answer", "--threads", "1"];
        var folder = files.PathOf($"{Guid.NewGuid():N}");

        await RefusedAsync("it can call no tool. Use a reasoner without tools (cot)", ["ask", "1 + 1?", "-r", reasoner, .. model]);
        await RefusedAsync("-m NAME+thoughts=FORMAT", ["eval", "-p", files.Problems, "-a", reasoner, "--run", folder, .. model]);
        Assert.False(Directory.Exists(folder));
    }

    [Theory]
    [InlineData("cot:think=off,wait=1", "think=off leaves the thought out, so wait has no thought to prolong")]
    [InlineData("cot:think=off,thoughts=5", "think=off leaves the thought out, so thoughts has no thought to end")]
    public async Task Settings_of_thoughts_that_contradict_each_other_are_refused(string reasoner, string message) =>
        await RefusedAsync(message, ["ask", "1 + 1?", "-r", reasoner, "-m", "mini+thoughts=until-answer", "--threads", "1"]);

    [Theory]
    [InlineData("--context", "512")]
    [InlineData("--cache-type", "q8_0")]
    [InlineData("--threads", "1")]
    [InlineData("--backend", "cpu")]
    [InlineData("--gpu-layers", "0")]
    [InlineData("--host", "inprocess")]
    [InlineData("--deterministic")]
    public async Task An_option_of_local_models_is_refused_for_an_endpoint(params string[] option) => await RefusedAsync(
        $"{option[0]}: only a local model has this",
        ["ask", "x", "--endpoint", "http://127.0.0.1:1/v1", "--endpoint-model", "m", .. option]);

    [Fact]
    public async Task A_dry_run_has_no_summary_to_print_as_json() => await RefusedAsync(
        "--json prints the summary of a run", "eval", "-m", files.Model, "-p", files.Problems, "-a", "direct", "--dry-run", "--json");

    private static async Task RefusedAsync(string message, params string[] arguments)
    {
        var run = await CommandRun.OfAsync(arguments);
        Assert.Equal(ExitCodes.BadInput, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.Equal("", run.Output);
    }
}
