using CognitiveTools.Cli.Tests;

namespace CognitiveTools.Lab.Tests.Commands.Bench;

public sealed class TemplatesCommandTests(TinyFiles files) : IClassFixture<TinyFiles>
{
    private const string Loop = "{{ bos_token }}{% for m in messages %}[{{ m.role }}] {{ m.content }}{{ eos_token }}{% endfor %}";

    [Fact]
    public async Task Every_template_of_a_folder_is_timed_and_a_refusal_is_named()
    {
        var folder = Directory.CreateDirectory(files.PathOf("templates")).FullName;
        File.Copy(files.Model, Path.Combine(folder, "model.gguf"));
        await WriteAsync("plain.jinja", Loop);
        await WriteAsync("strict.jinja", "{{ raise_exception('no assistant here') }}");
        await WriteAsync("many.json", """{"inner": {"template": "{{ messages | length }}", "bos": "<s>", "eos": "</s>"}}""");
        await WriteAsync("conversations.json", """{"x": {"messages": []}}"""); // not a template
        await WriteAsync("notes.txt", "no template");

        var run = await CommandRun.OfAsync("bench", "templates", folder, "--repetitions", "3", "--messages", "3");

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Matches(@"\nplain\.jinja +\d+ +\d+\.\d{3} +\d+\.\d{3} +\d+\n", run.Output);
        Assert.Matches(@"\nmodel\.gguf +\d+ +\d+\.\d{3} +\d+\.\d{3} +\d+\n", run.Output);
        Assert.Matches(@"\ninner +\d+ +\d+\.\d{3} +\d+\.\d{3} +1\n", run.Output); // "3"
        Assert.Matches(@"\nstrict\.jinja +\d+ +- +refused +0\n", run.Output);
        Assert.Contains("\n3 templates, 3 messages: median ", run.Output, StringComparison.Ordinal);
        Assert.Contains("strict.jinja: the template refuses the conversation: no assistant here", run.Output, StringComparison.Ordinal);

        Task WriteAsync(string name, string text) =>
            File.WriteAllTextAsync(Path.Combine(folder, name), text, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Without_a_path_the_models_of_the_catalog_are_timed()
    {
        var run = await CommandRun.OfAsync("bench", "templates", "--repetitions", "1");

        Assert.Equal(0, run.ExitCode);
        Assert.Contains("\nmini.gguf ", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("There is no file or folder 'nowhere'", "nowhere")]
    [InlineData("it must be odd", "--messages", "4")]
    public async Task What_cannot_be_timed_is_refused(string message, params string[] arguments)
    {
        var run = await CommandRun.OfAsync(["bench", "templates", .. arguments]);

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_without_templates_is_refused()
    {
        var folder = Directory.CreateDirectory(files.PathOf("empty")).FullName;

        var run = await CommandRun.OfAsync("bench", "templates", folder);

        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("has no chat template", run.Error, StringComparison.Ordinal);
    }
}
