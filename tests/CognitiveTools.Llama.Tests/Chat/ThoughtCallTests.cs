using System.ComponentModel;
using CognitiveTools.Llama.Chat;
using CognitiveTools.Llama.Engine;
using CognitiveTools.Llama.Models;
using CognitiveTools.Llama.Tests.Templates;
using CognitiveTools.TestModels;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace CognitiveTools.Llama.Tests.Chat;

/// <summary>
/// Thoughts together with calls, on scripted models: a mark of a call in a thought is thought, and one behind it begins a call.
/// </summary>
public sealed class ThoughtCallTests
{
    private const string Calls = "{% for c in m.tool_calls or [] %}\n<tool_call>\n{{ c.function|tojson }}\n</tool_call>{% endfor %}";

    // As Qwen3: thoughts since the last question are kept, older ones are not. After a result the turn begins with another character, so
    // that the script goes on in another place.
    private const string Qwen =
        "{% if tools %}{{ tools|tojson }}{% endif %}{% set ns = namespace(last=0) %}"
        + "{% for m in messages %}{% if m.role == 'user' %}{% set ns.last = loop.index %}{% endif %}{% endfor %}"
        + "{% for m in messages %}<|im_start|>{{ m.role }}\n"
        + "{% if m.reasoning_content and loop.index > ns.last %}<think>\n{{ m.reasoning_content }}\n</think>\n\n{% endif %}"
        + "{{ m.content }}" + Calls + "<|im_end|>\n{% endfor %}"
        + "{% if add_generation_prompt %}<|im_start|>assistant{{ ':' if messages[-1].role == 'tool' else '\n' }}{% endif %}";

    private const string GptOss =
        "{% if tools %}{{ tools|tojson }}{% endif %}{# <|channel|>analysis<|message|> #}"
        + "{% for m in messages %}<|im_start|>{{ m.role }}\n"
        + "{% if m.thinking %}<|channel|>analysis<|message|>{{ m.thinking }}<|end|>{% endif %}"
        + "{{ m.content }}{% for c in (m.tool_calls or [])[:1] %} to=functions.{{ c.function.name }}<|channel|>commentary json<|message|>"
        + "{{ c.function.arguments|tojson }}<|call|>{% endfor %}<|im_end|>\n{% endfor %}"
        + "{% if add_generation_prompt %}<|im_start|>assistant{{ ':' if messages[-1].role == 'tool' else '\n' }}{% endif %}";

    // The prompt opens the thought, as GLM's does, and arguments are markup.
    private static readonly string Glm =
        "{% if tools %}{{ tools|tojson }}{% endif %}{% for m in messages %}<|im_start|>{{ m.role }}{{ '\n' }}"
        + "{% if m.role == 'assistant' %}{% if m.reasoning_content %}<think>{{ m.reasoning_content }}{% endif %}</think>{% endif %}"
        + "{{ m.content }}" + CallTemplates.Forms["glm-dense"] + "<|im_end|>{{ '\n' }}{% endfor %}"
        + "{% if add_generation_prompt %}<|im_start|>assistant{{ '</think>:' if messages[-1].role == 'tool' else '<think>' }}{% endif %}";

    private static readonly string[] Harmony = ["<|channel|>", "<|message|>", "<|end|>", "<|start|>", "<|call|>", "<|constrain|>"];

    private static readonly string[] SecondTurn = [":", "<th", "ink>", "so ", "</t", "hink>", "21 degrees"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, string, string[], string[][]> Models => new()
    {
        {
            "marks that are text", Qwen, [],
            [["\n", "<thi", "nk>", "maybe ", "<tool_call>", "no ", "</thin", "k>", "<tool_call>"], SecondTurn]
        },
        {
            "a call mark that is a control token", Qwen, ["<tool_call>", "</tool_call>"],
            [["\n", "<thi", "nk>", "maybe ", "<tool_call>", "no ", "</thin", "k>", "<tool_call>"], SecondTurn]
        },
        {
            "a call mark that is a user-defined token, and thoughts between tokens", Qwen,
            ["+<tool_call>", "+</tool_call>", "<think>", "</think>"],
            [["\n", "<think>", "maybe ", "<tool_call>", "no ", "</think>", "<tool_call>"], [":", "21 degrees"]]
        },
        {
            "markup, and a thought that the prompt opens", Glm,
            ["<tool_call>", "</tool_call>", "<arg_key>", "</arg_key>", "<think>", "</think>"],
            [["<think>", "maybe ", "<tool_call>", "no ", "</think>", "<tool_call>"], [":", "21 degrees"]]
        },
        {
            "channels", GptOss, Harmony,
            [["\n", "<|channel|>", "analysis", "<|message|>", "maybe to=functions.get ", "<|end|>", " to=functions."], [":", "21 degrees"]]
        },
    };

    [Theory]
    [MemberData(nameof(Models))]
    public async Task A_thought_a_call_its_result_a_thought_and_an_answer(string name, string template, string[] special, string[][] chains)
    {
        Assert.NotEmpty(name);
        await using var host = Host(template, special, chains);
        var asked = new List<City>();
        using var client = new ChatClientBuilder(host.GetRequiredKeyedService<IChatClient>("verbal")).UseFunctionInvocation().Build();
        var options = new ChatOptions { Tools = [Weather(asked)], MaxOutputTokens = 200 };

        foreach (var isStreamed in (bool[])[false, true])
        {
            asked.Clear();
            var response = isStreamed
                ? await client.GetStreamingResponseAsync([new(ChatRole.User, "hi")], options, Token).ToChatResponseAsync(Token)
                : await client.GetResponseAsync([new(ChatRole.User, "hi")], options, Token);

            Assert.Single(asked);
            Assert.Equal("21 degrees", response.Messages[^1].Text.Trim());
            Assert.Equal([ChatRole.Assistant, ChatRole.Tool, ChatRole.Assistant], response.Messages.Select(static m => m.Role));
            var first = response.Messages[0];
            Assert.Contains("maybe ", ThoughtsOf(first), StringComparison.Ordinal);
            Assert.Equal("", first.Text.Trim());
            Assert.Single(first.Contents.OfType<FunctionCallContent>());
            if (chains[1].Length > 2)
                Assert.Equal("so ", ThoughtsOf(response.Messages[^1]));
        }
    }

    [Fact]
    public async Task Between_calls_the_template_decides_which_thoughts_are_kept()
    {
        await using var host = Host(Qwen, [], [["\n", "<thi", "nk>", "maybe ", "</thin", "k>", "<tool_call>"], SecondTurn]);
        using var client = new ChatClientBuilder(host.GetRequiredKeyedService<IChatClient>("verbal")).UseFunctionInvocation().Build();
        ChatMessage question = new(ChatRole.User, "hi");
        var response = await client.GetResponseAsync([question], new() { Tools = [Weather([])], MaxOutputTokens = 200 }, Token);
        var format = host.GetRequiredService<LlamaEngine>().Model.Tokenizer.Chat.Template;

        var between = Text(format, [question, .. response.Messages.Take(2)]);
        Assert.Contains("<think>\nmaybe", between, StringComparison.Ordinal);
        Assert.Contains("</think>\n\n<tool_call>", between, StringComparison.Ordinal);
        var later = Text(format, [question, .. response.Messages, new(ChatRole.User, "and now?")]);
        Assert.DoesNotContain("maybe", later, StringComparison.Ordinal);
        Assert.Contains("<tool_call>", later, StringComparison.Ordinal);
    }

    [Fact]
    public void Real_templates_get_the_thoughts_between_calls_and_drop_what_they_drop()
    {
        var templates = RealTemplates.All(RealTemplates.Require()).DistinctBy(static t => t.Name)
            .ToDictionary(static t => t.Name, static t => t.Template);
        var call = new FunctionCallContent("callid001", "get_weather", new Dictionary<string, object?> { ["city"] = "Rome" });
        ChatMessage[] between =
        [
            new(ChatRole.User, "hi"), new(ChatRole.Assistant, [new TextReasoningContent("maybe so"), call]),
            new(ChatRole.Tool, [new FunctionResultContent("callid001", "21 degrees")]),
        ];
        ChatMessage[] later = [.. between, new(ChatRole.Assistant, "21 degrees"), new(ChatRole.User, "and now?")];
        foreach (var name in (string[])["Qwen-Qwen3-0.6B", "Qwen3.5-4B", "GLM-4.6", "openai-gpt-oss-120b", "MiniMax-M2"])
        {
            if (!templates.TryGetValue(name, out var template))
                continue;
            var parsed = CallTemplates.Parse(template.GetProperty("template").GetString()!, template.GetProperty("eos").GetString()!);
            Assert.Contains("maybe so", Text(parsed, between), StringComparison.Ordinal);
            Assert.DoesNotContain("maybe so", Text(parsed, later), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_required_call_comes_behind_the_thought()
    {
        await using var host = Host(
            Qwen.Replace("else '\n'", "else '!'", StringComparison.Ordinal), ["<think>", "</think>"],
            [["!", "<think>", "maybe ", "</think>", "Sure: "]]);
        var client = host.GetRequiredKeyedService<IChatClient>("verbal");
        var response = await client.GetResponseAsync(
            [new(ChatRole.User, "hi")], new() { Tools = [Weather([])], ToolMode = ChatToolMode.RequireAny, MaxOutputTokens = 200 }, Token);
        Assert.Equal("maybe ", ThoughtsOf(response.Messages[0]));
        Assert.Single(response.Messages[0].Contents.OfType<FunctionCallContent>());
        Assert.Equal(("", ChatFinishReason.ToolCalls), (response.Text.Trim(), response.FinishReason));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_other_order_of_a_header_that_the_template_does_not_write_is_read(bool isRequired)
    {
        await using var host = Host(GptOss, Harmony, [["\n", "<|channel|>", "commentary", " to=functions."], ["<|constrain|>", "json"]]);
        var client = host.GetRequiredKeyedService<IChatClient>("verbal");
        var options = new ChatOptions
        {
            Tools = [Weather([])],
            ToolMode = isRequired ? ChatToolMode.RequireAny : ChatToolMode.Auto,
            MaxOutputTokens = 200,
        };
        var response = await client.GetResponseAsync([new(ChatRole.User, "hi")], options, Token);
        Assert.IsType<FunctionCallContent>(Assert.Single(response.Messages[0].Contents));
        var streamed = await client.GetStreamingResponseAsync([new(ChatRole.User, "hi")], options, Token).ToChatResponseAsync(Token);
        Assert.Equal("", streamed.Text);
        Assert.Single(streamed.Messages[0].Contents.OfType<FunctionCallContent>());
    }

    [Fact]
    public async Task A_mark_of_thoughts_in_an_argument_is_a_part_of_the_argument()
    {
        await using var host = Host(Qwen, [], [["\n", "<tool_call>"], ["\"", "<think>", "x ", "</think>"]]);
        var client = host.GetRequiredKeyedService<IChatClient>("verbal");
        var schema = """{"type":"object","properties":{"q":{"enum":["<think>x </think>"]}},"required":["q"]}""";
        var function = AIFunctionFactory.CreateDeclaration("ask", "Asks.", System.Text.Json.JsonDocument.Parse(schema).RootElement);
        var response = await client.GetResponseAsync(
            [new(ChatRole.User, "hi")], new() { Tools = [function], MaxOutputTokens = 200 }, Token);
        var call = Assert.IsType<FunctionCallContent>(Assert.Single(response.Messages[0].Contents));
        Assert.Equal("<think>x </think>", call.Arguments!["q"]!.ToString());
    }

    private static string Text(ChatTemplate template, IReadOnlyList<ChatMessage> messages) =>
        string.Concat(template.Render(messages, new()).Select(static span => span.Text));

    private static string ThoughtsOf(ChatMessage message) =>
        string.Concat(message.Contents.OfType<TextReasoningContent>().Select(static content => content.Text));

    private static AIFunction Weather(List<City> asked) => AIFunctionFactory.Create(
        ([Description("A city.")] City city) =>
        {
            asked.Add(city);
            return "21 degrees";
        }, "get_weather");

    private static ServiceProvider Host(string template, string[] special, string[][] chains)
    {
        var services = new ServiceCollection();
        services.AddLlama(
            llama => llama.Path = ScriptedModel.Write(
                Path.Combine(Directory.CreateTempSubdirectory("cogtools-").FullName, "scripted.gguf"), template, special, chains),
            engine => engine.Threads = 1);
        return services.BuildServiceProvider();
    }

    public enum City
    {
        Paris,
        Rome,
    }
}
