using System.Text;

namespace CognitiveTools.Cli.Tests;

/// <summary><c>cogtools models render</c>: what it takes, and what it refuses by name, place and remedy.</summary>
public sealed class RenderCommandTests(TinyFiles files) : IClassFixture<TinyFiles>
{
    private const string Hello = """[{"role": "user", "content": "Hi"}]""";
    private const string Loop = "{{ bos_token }}{% for m in messages %}{{ m.role }}:{{ m.content }}{% endfor %}{{ eos_token }}";

    [Theory]
    [InlineData("--bos=", "--eos=")]
    [InlineData("--bos:", "--eos:")]
    [InlineData("--bos", "", "--eos", "")]
    public async Task An_empty_token_can_be_given_in_every_way(params string[] tokens)
    {
        var run = await RenderAsync(Loop, Hello, [.. tokens, "--date", "2026-11-28"]);

        Assert.Equal(("user:Hi", "", ExitCodes.Success), (run.Output, run.Error, run.ExitCode));
    }

    [Theory]
    [InlineData("--date=", "--date is empty. Give it a value, or leave it out.")]
    [InlineData("--set=", "--set is empty. Give it a value, or leave it out.")]
    [InlineData("--tools=", "--tools is empty. Give it a value, or leave it out.")]
    [InlineData("-m=", "--model is empty. Give it a value, or leave it out.")]
    public async Task An_option_that_may_not_be_empty_says_so_and_does_not_take_the_next_word(string option, string expected)
    {
        var run = await RenderAsync(Loop, Hello, [option, "--bos", "x"]);

        Refused(run, expected);
    }

    [Theory]
    [InlineData("x=1", "template.jinja has no variable 'x'. It reads style.")]
    [InlineData("styl=1", "Did you mean 'style'?")]
    [InlineData("m=1", "template.jinja has no variable 'm'.")]
    public async Task A_variable_that_the_template_does_not_read_changes_nothing_and_leaves_a_note(string variable, string expected)
    {
        const string template = "{% for m in messages %}{% if style != 'quiet' %}{{ m.content }}{% endif %}{% endfor %}";
        var (name, value) = variable.Split('=') is var parts ? (parts[0], parts[1]) : default;
        var file = $$$"""{"messages": {{{Hello}}}, "variables": {"{{{name}}}": {{{value}}} }}""";

        foreach (var run in new[]
        {
            await RenderAsync(template, Hello, ["--set", variable]),
            await RenderAsync(template, file, []),
        })
        {
            Assert.Equal(("Hi", ExitCodes.Success), (run.Output, run.ExitCode));
            Assert.Contains(expected, run.Error, StringComparison.Ordinal);
        }

        var read = await RenderAsync(template, Hello, ["--set", "style=quiet"]);
        Assert.Equal(("", ""), (read.Output, read.Error));
    }

    [Theory]
    [InlineData("+set=tokenizer.ggml.bos_token_id:5")]
    [InlineData("+lora=tuned.gguf")]
    [InlineData("+thoughts=think")]
    public async Task A_change_of_the_model_that_rendering_does_not_apply_is_refused_by_name(string change)
    {
        await File.WriteAllTextAsync(files.PathOf("messages.json"), Hello, TestContext.Current.CancellationToken);

        var run = await CommandRun.OfAsync("models", "render", "-m", files.Model + change, "--messages", files.PathOf("messages.json"));

        Refused(run, change, "Leave it out.");
    }

    [Theory]
    [InlineData("tools=[{\"a\": 1}]", "[{'a': 1}]")]
    [InlineData("documents=[{\"a\": 1}]", "[{'a': 1}]")]
    [InlineData("add_generation_prompt=false", "False")]
    [InlineData("bos_token=<s>", "<s>")]
    [InlineData("eos_token=2", "2")]
    public async Task A_part_of_the_conversation_can_be_set(string variable, string expected)
    {
        var run = await RenderAsync($"{{{{ {variable.Split('=')[0]} }}}}", Hello, ["--set", variable]);

        Assert.Equal((expected, "", ExitCodes.Success), (run.Output, run.Error, run.ExitCode));
    }

    [Theory]
    [InlineData("--set", "style=2", "--set style: 'style' is there already")]
    [InlineData("--set", "tools=[]", "--set tools: 'tools' is there already")]
    [InlineData("--tools", "FILE", "the conversation has tools of its own. Leave one of the two out.")]
    public async Task What_the_file_has_is_not_replaced_without_a_word(string option, string value, string expected)
    {
        await File.WriteAllTextAsync(files.PathOf("own.json"), "[]", TestContext.Current.CancellationToken);
        const string conversation = """{"messages": [], "tools": [{"a": 1}], "variables": {"style": 1}}""";

        Refused(await RenderAsync(Loop, conversation, [option, value == "FILE" ? files.PathOf("own.json") : value]), expected);
    }

    [Fact]
    public async Task A_conversation_is_read_from_standard_input()
    {
        var template = files.PathOf("loop.jinja");
        await File.WriteAllTextAsync(template, Loop, TestContext.Current.CancellationToken);

        var read = await CogtoolsProcess.RunWithInputAsync(Hello, ["models", "render", "--template", template, "--messages", "-"]);
        var wrong = await CogtoolsProcess.RunWithInputAsync("3", ["models", "render", "--template", template, "--messages", "-"]);

        Assert.Equal(("user:Hi", "", ExitCodes.Success), (read.Output, read.Error, read.ExitCode));
        Assert.Contains("standard input: it holds a number.", wrong.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("recurrent", "is a recurrent-depth model on ONNX Runtime, which has no chat template. Give one: --template FILE.")]
    public async Task A_model_of_another_kind_has_no_template(string model, string expected)
    {
        await File.WriteAllTextAsync(files.PathOf("hello.json"), Hello, TestContext.Current.CancellationToken);

        Refused(await CommandRun.OfAsync("models", "render", "-m", model, "--messages", files.PathOf("hello.json")), expected);
    }

    [Theory]
    [InlineData("messages=[]", "'messages' is a part of the conversation and cannot be set.")]
    [InlineData("tools=5", "tools is a number. Write a list")]
    [InlineData("add_generation_prompt=True", "add_generation_prompt is a text. Write true or false")]
    [InlineData("a b=1", "'a b' is not the name of a variable.")]
    [InlineData("style", "--set is 'style'; it must be NAME=VALUE.")]
    public async Task What_cannot_be_set_is_refused(string variable, string expected) =>
        Refused(await RenderAsync(Loop, Hello, ["--set", variable]), expected);

    [Theory]
    [InlineData("""{"messages": [], "tools": {"a": 1}}""", "tools is an object. Write a list")]
    [InlineData("""{"messages": [], "tools": [5]}""", "tools[0] is a number. Write a tool such as")]
    [InlineData("""{"messages": [], "documents": "x"}""", "documents is a text. Write a list")]
    [InlineData("""{"messages": [], "add_generation_prompt": "yes"}""", "add_generation_prompt is a text. Write true or false")]
    [InlineData("""{"messages": [], "add_generation_prompt": null}""", "add_generation_prompt is null. Write true or false")]
    [InlineData("""{"messages": [], "variables": [1]}""", "variables is a list. Write an object")]
    [InlineData("""{"messages": [], "variables": {"tools": []}}""", "in variables, 'tools' is a part of the conversation")]
    [InlineData("""{"messages": [], "message": 1}""", "there is no key 'message' here. Did you mean 'messages'?")]
    [InlineData("""{"messages": [], "enable_thinking": false}""", "a variable of the template goes into variables.")]
    [InlineData("""{"tools": []}""", "the key messages is missing.")]
    [InlineData("3", "it holds a number. Write a list of messages")]
    [InlineData("""{"messages": {"role": "user"}}""", "messages is an object. Write a list")]
    [InlineData("""["Hi"]""", "messages[0] is a text. Write a message such as")]
    [InlineData("""[{"content": "Hi"}]""", "messages[0].role is missing. Write a text")]
    [InlineData("""[{"role": 1, "content": "Hi"}]""", "messages[0].role is a number. Write a text")]
    [InlineData("""[{"role": "user", "content": "a"}, {"role": "user"}]""", "messages[1].content is missing")]
    [InlineData("""[{"role": "user", "content": "a"}, {"role": "assistant", "content": null}]""", "messages[1].content is null")]
    [InlineData("""[{"role": "user", "content": 5}]""", "messages[0].content is a number. Write a text, or a list of parts")]
    [InlineData("""[{"role": "user", "content": true}]""", "messages[0].content is true or false.")]
    [InlineData("""[{"role": "user", "content": [1]}]""", "messages[0].content[0] is a number.")]
    [InlineData("""[{"role": "assistant", "tool_calls": {"a": 1}}]""", "messages[0].tool_calls is an object. Write a list")]
    [InlineData("""[{"role": "user", "content": "a", "content": "b"}]""", ":1:35: the key 'content' is there twice in [0]. Keep one.")]
    [InlineData("""{"messages": [{"role": "user", "role": "user"}]}""", "the key 'role' is there twice in messages[0].")]
    [InlineData("""[{"role": "user", "content": "\ud800"}]""", "half of a surrogate pair")]
    [InlineData("[{\n  \"role\": user}]", ":2:11: not valid JSON: 'u' is an invalid start of a value.")]
    [InlineData("", ":1:1: not valid JSON: there is no value.")]
    public async Task A_conversation_of_another_form_is_refused_with_its_file_and_place(string conversation, string expected)
    {
        var run = await RenderAsync(Loop, conversation, []);

        Refused(run, expected);
        Assert.Contains(files.PathOf("messages.json"), run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""[{"role": "assistant", "content": null, "tool_calls": [{"function": {"name": "f", "arguments": {}}}]}]""")]
    [InlineData("""[{"role": "assistant", "reasoning_content": "so"}]""")]
    [InlineData("""[{"role": "user", "content": [{"type": "text", "text": "Hi"}, "there"], "other": {"x": [1, null]}}]""")]
    [InlineData("""[{"role": "tool", "content": {"result": 5}}]""")]
    [InlineData("""{"messages": [], "tools": null, "documents": [{"text": "a"}], "add_generation_prompt": false, "variables": {}}""")]
    public async Task A_conversation_that_templates_can_read_is_taken(string conversation) =>
        Assert.Equal(("", ExitCodes.Success), await RenderAsync("{{ messages | length }}", conversation, []) is var run
            ? (run.Error, run.ExitCode) : default);

    [Theory]
    [InlineData("{}", "tools is an object.")]
    [InlineData("[5]", "tools[0] is a number.")]
    [InlineData("[", ":1:2: not valid JSON")]
    public async Task Tools_of_another_form_are_refused_with_their_file(string tools, string expected)
    {
        await File.WriteAllTextAsync(files.PathOf("tools.json"), tools, TestContext.Current.CancellationToken);

        var run = await RenderAsync(Loop, Hello, ["--tools", files.PathOf("tools.json")]);

        Refused(run, expected);
        Assert.Contains(files.PathOf("tools.json"), run.Error, StringComparison.Ordinal);
    }

    public static TheoryData<byte[], string> NotTemplates => new()
    {
        { [.. "GGUF"u8, 3, 0, 0, 0, .. "{{ x }}"u8], "is a GGUF file, which brings its own template. Give it with -m (--model) instead." },
        { [0x89, .. "PNG\r\n"u8, 26, 10, 0, 0, .. "{{ x }}"u8], "is not UTF-8" },
        { [.. "{{ x }} \0"u8], "holds NUL characters" },
        { [.. "{{ 'caf"u8, 0xe9, .. "' }}"u8], "is not UTF-8" },
        { Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes("{{ x }}")).ToArray(), "is UTF-16" },
        { [.. "No template"u8], "has no Jinja text" },
        { [], "has no Jinja text" },
    };

    [Theory]
    [MemberData(nameof(NotTemplates))]
    public async Task A_file_that_is_no_template_is_refused_wherever_it_is_given(byte[] content, string expected)
    {
        var file = files.PathOf("no-template");
        await File.WriteAllBytesAsync(file, content, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(files.PathOf("messages.json"), Hello, TestContext.Current.CancellationToken);

        var rendered = await CommandRun.OfAsync("models", "render", "--template", file, "--messages", files.PathOf("messages.json"));
        var asked = await CommandRun.OfAsync("ask", "Hi", "-r", "direct", "-m", files.Model, "--chat-template", file, "--threads", "1");

        Refused(rendered, expected, "--template", file);
        Refused(asked, expected, "--chat-template", file);
    }

    private async Task<CommandRun> RenderAsync(string template, string messages, string[] others)
    {
        await File.WriteAllTextAsync(files.PathOf("template.jinja"), template, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(files.PathOf("messages.json"), messages, TestContext.Current.CancellationToken);
        return await CommandRun.OfAsync(
            ["models", "render", .. others, "--template", files.PathOf("template.jinja"), "--messages", files.PathOf("messages.json")]);
    }

    private static void Refused(CommandRun run, params string[] expected)
    {
        Assert.Equal((ExitCodes.BadInput, ""), (run.ExitCode, run.Output));
        Assert.All(expected, part => Assert.Contains(part, run.Error, StringComparison.Ordinal));
    }
}
