using System.ComponentModel;
using System.Text.Json;
using CognitiveTools.Chat;
using CognitiveTools.Llama.Chat;
using CognitiveTools.Llama.Engine;
using CognitiveTools.Llama.Models;
using CognitiveTools.Llama.Templates.Calls;
using CognitiveTools.Llama.Templates.Conversations;
using CognitiveTools.Llama.Tests.Templates;
using CognitiveTools.TestModels;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Llama.Tests.Chat;

/// <summary>Calls of functions on a local model. Its weights are random: the grammar makes the calls, not the model.</summary>
public sealed class FunctionCallTests
{
    private const string Schema = """
        {"type":"object","properties":{"city":{"enum":["Paris","Rome"]},"days":{"type":"integer","minimum":1,"maximum":9}},
         "required":["city","days"],"additionalProperties":false}
        """;

    private static readonly AIFunctionDeclaration Weather =
        AIFunctionFactory.CreateDeclaration("get_weather", "The weather.", JsonDocument.Parse(Schema).RootElement);

    private static readonly AIFunctionDeclaration Clock =
        AIFunctionFactory.CreateDeclaration("now", "The time.", JsonDocument.Parse("""{"type":"object","properties":{}}""").RootElement);

    [Theory]
    [InlineData(ScriptedCalls.Template)]
    [InlineData(null)] // ChatML, which knows no tools
    public async Task A_required_call_has_the_name_and_arguments_of_the_schema(string? template)
    {
        using var model = Load(template);
        await using var engine = new LlamaEngine(model, new() { Threads = 1 });
        using var client = new LlamaChatClient(engine);
        var options = new ChatOptions
        {
            Tools = [Weather, Clock],
            ToolMode = ChatToolMode.RequireSpecific("get_weather"),
            MaxOutputTokens = 200
        };

        var response = await client.GetResponseAsync([new(ChatRole.User, "hi")], options, TestContext.Current.CancellationToken);

        Assert.Equal(ChatFinishReason.ToolCalls, response.FinishReason);
        var call = Assert.IsType<FunctionCallContent>(Assert.Single(response.Messages.Single().Contents));
        Assert.Equal("get_weather", call.Name);
        Assert.Contains(((JsonElement)call.Arguments!["city"]!).GetString(), (string[])["Paris", "Rome"]);
        Assert.InRange(((JsonElement)call.Arguments["days"]!).GetInt32(), 1, 9);
        Assert.Matches("^[a-zA-Z0-9]{9}$", call.CallId);
    }

    [Fact]
    public async Task A_streamed_call_comes_whole_after_the_text_and_is_the_same()
    {
        using var model = Load(ScriptedCalls.Template);
        await using var engine = new LlamaEngine(model, new() { Threads = 1 });
        using var client = new LlamaChatClient(engine);
        var options = new ChatOptions { Tools = [Weather], ToolMode = ChatToolMode.RequireAny, MaxOutputTokens = 200 };
        ChatMessage[] messages = [new(ChatRole.User, "hi")];

        var whole = await client.GetResponseAsync(messages, options, TestContext.Current.CancellationToken);
        var streamed = await client.GetStreamingResponseAsync(messages, options, TestContext.Current.CancellationToken)
            .ToChatResponseAsync(TestContext.Current.CancellationToken);

        Assert.Equal("", streamed.Text);
        Assert.Equal(ChatFinishReason.ToolCalls, streamed.FinishReason);
        Assert.Equal(Calls(whole), Calls(streamed));
        Assert.True(streamed.Usage!.OutputTokenCount > 0);
    }

    [Fact]
    public async Task Two_calls_and_their_results_go_round_with_function_invocation()
    {
        using var model = Load(ScriptedCalls.Template, scripted: true);
        await using var engine = new LlamaEngine(model, new() { Threads = 1 });
        var cities = new List<string>();
        using var client = new ChatClientBuilder(new LlamaChatClient(engine)).UseFunctionInvocation().Build();
        var function = AIFunctionFactory.Create(
            ([Description("A city.")] City city) =>
            {
                cities.Add(city.ToString());
                return $"21 degrees in {city}";
            }, "get_weather");

        var response = await client.GetResponseAsync(
            [new(ChatRole.User, "hi")], new() { Tools = [function], MaxOutputTokens = 100 }, TestContext.Current.CancellationToken);

        Assert.Equal(2, cities.Count);
        Assert.Equal(2, response.Messages.SelectMany(static m => m.Contents).OfType<FunctionResultContent>().Count());
        Assert.DoesNotContain(response.Messages[^1].Contents, static c => c is FunctionCallContent);
    }

    [Fact]
    public async Task Without_a_call_the_text_is_streamed_as_it_is()
    {
        using var model = Load(ScriptedCalls.Template);
        await using var engine = new LlamaEngine(model, new() { Threads = 1 });
        using var client = new LlamaChatClient(engine);
        ChatMessage[] messages = [new(ChatRole.User, "hi")];
        var options = new ChatOptions { Tools = [Weather], MaxOutputTokens = 40 };

        var whole = await client.GetResponseAsync(messages, options, TestContext.Current.CancellationToken);
        var streamed = await client.GetStreamingResponseAsync(messages, options, TestContext.Current.CancellationToken)
            .ToChatResponseAsync(TestContext.Current.CancellationToken);

        Assert.Empty(Calls(whole));
        Assert.Equal(whole.Text, streamed.Text);
        Assert.NotEqual("", whole.Text);
    }

    [Fact]
    public async Task What_cannot_be_honoured_is_refused()
    {
        using var client = new LlamaChatClient(TestModels.Engine());
        var token = TestContext.Current.CancellationToken;
        ChatMessage[] messages = [new(ChatRole.User, "hi")];
        await Assert.ThrowsAsync<NotSupportedException>(
            () => client.GetResponseAsync(messages, new() { Tools = [new HostedWebSearchTool()] }, token));
        await Assert.ThrowsAsync<NotSupportedException>(
            () => client.GetResponseAsync(messages, new() { Tools = [Weather], ResponseFormat = ChatResponseFormat.Json }, token));
        await Assert.ThrowsAsync<ArgumentException>(
            () => client.GetResponseAsync(messages, new() { Tools = [Weather], ToolMode = ChatToolMode.RequireSpecific("other") }, token));
    }

    [Theory]
    [InlineData(null, FunctionGrammar.MostCalls)]
    [InlineData(true, FunctionGrammar.MostCalls)]
    [InlineData(false, 1)]
    public async Task Several_calls_of_a_turn_come_whole_and_streamed_unless_one_only_is_allowed(bool? several, int expected)
    {
        // Behind a call the model always wants a line break, and so another call.
        const string Call = "\n{\"name\": \"get_weather\", \"arguments\": {\"city\": \"Rome\", \"days\": 2}}\n";
        using var model = LlamaModel.Load(new()
        {
            Path = ScriptedModel.Write(
                Path.Combine(Directory.CreateTempSubdirectory("cogtools-").FullName, "scripted.gguf"), ScriptedCalls.Several,
                ["+<tool_call>", "+</tool_call>"], ["\n", "<tool_call>", Call, "</tool_call>", "\n"]),
        });
        await using var engine = new LlamaEngine(model, new() { Threads = 1 });
        using var client = new LlamaChatClient(engine);
        var options = new ChatOptions { Tools = [Weather, Clock], AllowMultipleToolCalls = several };
        ChatMessage[] messages = [new(ChatRole.User, "hi")];

        var whole = await client.GetResponseAsync(messages, options, TestContext.Current.CancellationToken);
        var updates = new List<ChatResponseUpdate>();
        await foreach (var update in client.GetStreamingResponseAsync(messages, options, TestContext.Current.CancellationToken))
            updates.Add(update);

        Assert.Equal((expected, ChatFinishReason.ToolCalls), (Calls(whole).Length, whole.FinishReason));
        Assert.Equal(Calls(whole), Calls(updates.ToChatResponse()));
        Assert.Equal(expected, Calls(whole).Select(static call => call.Split(' ')[0]).Distinct().Count());
        Assert.All(updates, static update => Assert.True(update.Contents.OfType<FunctionCallContent>().Count() <= 1));
        options.ToolMode = ChatToolMode.RequireAny;
        Assert.Equal(expected, Calls(await client.GetResponseAsync(messages, options, TestContext.Current.CancellationToken)).Length);
        options.ToolMode = ChatToolMode.RequireSpecific("get_weather");
        Assert.Single(Calls(await client.GetResponseAsync(messages, options, TestContext.Current.CancellationToken)));

        options.MaxOutputTokens = (int)whole.Usage!.OutputTokenCount! - 2; // within the last call
        options.ToolMode = ChatToolMode.Auto;
        var cut = await client.GetResponseAsync(messages, options, TestContext.Current.CancellationToken);
        Assert.Equal(expected > 1 ? expected - 1 : 0, Calls(cut).Length);
        Assert.Equal(ChatFinishReason.Length, cut.FinishReason);
        Assert.Contains("<tool_call>", cut.Text, StringComparison.Ordinal); // what was cut is shown
    }

    public static TheoryData<string> Families => [.. CallTemplates.Forms.Keys];

    [Theory]
    [MemberData(nameof(Families))]
    public async Task A_call_in_the_form_of_each_family_is_written_by_the_grammar_and_read(string family)
    {
        using var model = Load(CallTemplates.Of(CallTemplates.Forms[family]));
        await using var engine = new LlamaEngine(model, new() { Threads = 1 });
        using var client = new LlamaChatClient(engine);
        var options = new ChatOptions { Tools = [Clock, Weather], ToolMode = ChatToolMode.RequireSpecific("get_weather") };

        var response = await client.GetResponseAsync([new(ChatRole.User, "hi")], options, TestContext.Current.CancellationToken);

        Assert.Null(response.AdditionalProperties);
        Assert.Equal("", response.Text);
        var call = Assert.IsType<FunctionCallContent>(Assert.Single(response.Messages.Single().Contents));
        Assert.Equal(2, call.Arguments!.Count);
        Assert.Contains(((JsonElement)call.Arguments["city"]!).GetString(), (string[])["Paris", "Rome"]);
        Assert.InRange(((JsonElement)call.Arguments["days"]!).GetInt32(), 1, 9);
    }

    public static TheoryData<string, string[], string[]> TokenForms => new()
    {
        {
            "glm-dense", ["<tool_call>", "</tool_call>", "<arg_key>", "</arg_key>", "<arg_value>", "</arg_value>"],
            ["\n", "<tool_call>", "get_weather", "<arg_key>", "city", "</arg_key>", "<arg_value>", "Rome", "</arg_value>", "<arg_key>"]
        },
        {
            "gemma", ["<|tool_call>", "<tool_call|>", "<|\"|>"],
            ["\n", "<|tool_call>", "call:", "get_weather", "{city:", "<|\"|>", "Rome", "<|\"|>"]
        },
        {
            "mistral", ["[TOOL_CALLS]"],
            ["\n", "[TOOL_CALLS]", "[{\"name\": \"get_weather", "\", \"arguments\": {\"city\": \"Rome"]
        },
    };

    [Theory]
    [MemberData(nameof(TokenForms))]
    public async Task Marks_that_are_control_tokens_belong_to_the_call_and_to_no_text(string family, string[] special, string[] chain)
    {
        var template = CallTemplates.Of(CallTemplates.Forms[family])
            .Replace("<|end|>", "<|im_end|>", StringComparison.Ordinal)
            .Replace("<|assistant|>", "<|assistant|>{{ '\\n' }}", StringComparison.Ordinal);
        using var model = LlamaModel.Load(new()
        {
            Path = ScriptedModel.Write(
                Path.Combine(Directory.CreateTempSubdirectory("cogtools-").FullName, "scripted.gguf"), template, special, chain),
        });
        await using var engine = new LlamaEngine(model, new() { Threads = 1 });
        using var client = new LlamaChatClient(engine);
        foreach (var mode in (ChatToolMode[])[ChatToolMode.Auto, ChatToolMode.RequireAny])
        {
            var options = new ChatOptions { Tools = [Weather, Clock], ToolMode = mode, AllowMultipleToolCalls = false };
            ChatMessage[] messages = [new(ChatRole.User, "hi")];
            var response = await client.GetResponseAsync(messages, options, TestContext.Current.CancellationToken);
            var call = Assert.IsType<FunctionCallContent>(Assert.Single(response.Messages.Single().Contents));
            Assert.Equal(("get_weather", "Rome"), (call.Name, call.Arguments!["city"]!.ToString()));
            Assert.InRange(((JsonElement)call.Arguments["days"]!).GetInt32(), 1, 9);
            var streamed = await client.GetStreamingResponseAsync(messages, options, TestContext.Current.CancellationToken)
                .ToChatResponseAsync(TestContext.Current.CancellationToken);
            Assert.Equal(("", Calls(response).Single()), (streamed.Text, Calls(streamed).Single()));
        }
    }

    [Fact]
    public async Task A_file_with_a_template_of_its_own_for_tools_uses_it_for_requests_with_tools_only()
    {
        var options = new TinyModelOptions { Metadata = [("tokenizer.chat_template.tool_use", ScriptedCalls.Template)] };
        using var model = TestModels.Load(3, options);
        using var given = TestModels.Load(3, options, static llama => llama.ChatTemplate = "chatml");
        Assert.Contains("tool_calls", model.Tokenizer.ChatWithTools.Template.Source, StringComparison.Ordinal);
        Assert.DoesNotContain("tool_calls", model.Tokenizer.Chat.Template.Source, StringComparison.Ordinal);
        Assert.Same(given.Tokenizer.Chat, given.Tokenizer.ChatWithTools);

        await using var engine = new LlamaEngine(model, new() { Threads = 1 });
        using var client = new LlamaChatClient(engine);
        ChatMessage[] messages = [new(ChatRole.User, "hi")];
        var called = await client.GetResponseAsync(
            messages, new() { Tools = [Weather], ToolMode = ChatToolMode.RequireAny, MaxOutputTokens = 200 },
            TestContext.Current.CancellationToken);
        Assert.Single(Calls(called));
        Assert.Null(called.AdditionalProperties); // no note: the functions are in the model's own form
        var settings = new PromptSettings { Functions = [new("get_weather", "x", Weather.JsonSchema)] };
        var expected = model.Tokenizer.Encode(
            string.Concat(model.Tokenizer.ChatWithTools.Template.Render(messages, settings).Select(static span => span.Text)),
            addSpecial: true, parseSpecial: true);
        Assert.Equal(expected.Length, model.Tokenizer.ChatWithTools.Encode(messages, settings).Tokens.Length);
        Assert.True(called.Usage!.InputTokenCount > model.Tokenizer.EncodeChat(messages).Length);
    }

    [Fact]
    public async Task Functions_that_the_template_cannot_express_are_described_with_the_reason()
    {
        using var model = Load(CallTemplates.Of("{% for c in m.tool_calls or [] %}<invoke name=\"{{ c.function.name }}\">"
            + "{% for k, v in c.function.arguments|items %}<{{ k }}>{{ v if v is string else 'an object' if v is mapping else v|tojson }}"
            + "</{{ k }}>{% endfor %}</invoke>{% endfor %}"));
        await using var engine = new LlamaEngine(model, new() { Threads = 1 });
        using var client = new LlamaChatClient(engine);
        var nested = AIFunctionFactory.CreateDeclaration("f", "x", JsonDocument.Parse(
            """{"type":"object","properties":{"o":{"type":"object","properties":{}}},"required":["o"]}""").RootElement);
        ChatMessage[] messages = [new(ChatRole.User, "hi")];
        foreach (var (function, isOwn) in new[] { (Weather, true), (nested, false) })
        {
            var response = await client.GetResponseAsync(
                messages,
                new() { Tools = [function], ToolMode = ChatToolMode.RequireAny, AllowMultipleToolCalls = false, MaxOutputTokens = 200 },
                TestContext.Current.CancellationToken);
            Assert.Single(Calls(response));
            var notes = (string[]?)response.AdditionalProperties?[ChatOptionKeys.Notes];
            Assert.Equal(isOwn, notes is null);
            if (notes is not null)
                Assert.Contains("parameter o of f", notes.Single(), StringComparison.Ordinal);
        }
    }

    private static LlamaModel Load(string? template, bool scripted = false) => TestModels.Load(
        3, template is null ? new() : new TinyModelOptions { Template = template }, options =>
        {
            if (scripted)
                options.TemplateVariables["script"] = "2";
        });

    private static string[] Calls(ChatResponse response) => [.. response.Messages.SelectMany(static m => m.Contents)
        .OfType<FunctionCallContent>().Select(static c => $"{c.CallId} {c.Name} {JsonSerializer.Serialize(c.Arguments)}")];

    internal enum City
    {
        Paris,
        Rome,
    }
}
