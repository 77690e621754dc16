using CognitiveTools.Chat;
using CognitiveTools.Llama.Chat;
using CognitiveTools.Llama.Engine;
using CognitiveTools.Llama.Models;
using CognitiveTools.Llama.Templates.Conversations;
using CognitiveTools.Llama.Tests.Templates;
using CognitiveTools.TestModels;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Llama.Tests.Chat;

/// <summary>Calls and results of a conversation whose request has no functions: none is left out of the prompt without a word.</summary>
public sealed class EarlierCallTests
{
    // The first writes neither calls nor results; the second knows calls and refuses results; the third writes the first call only;
    // the fourth leaves out results; the fifth is one of llama.cpp's own.
    [Theory]
    [InlineData("{% for m in messages %}<|{{ m.role }}|>{{ m.content }}{% endfor %}")]
    [InlineData("{% for m in messages %}{% if m.role == 'tool' %}{{ raise_exception('no results') }}{% endif %}<|{{ m.role }}|>"
        + "{{ m.content }}{% for c in m.tool_calls or [] %}{{ c.function|tojson }}{% endfor %}{% endfor %}")]
    [InlineData("{% for m in messages %}<|{{ m.role }}|>{{ m.content }}{% if m.tool_calls %}{{ m.tool_calls[0].function|tojson }}"
        + "{% endif %}{% endfor %}")]
    [InlineData("{% for m in messages if m.role != 'tool' %}<|{{ m.role }}|>{{ m.content }}{% for c in m.tool_calls or [] %}"
        + "{{ c.function|tojson }}{% endfor %}{% endfor %}")]
    [InlineData("chatml")]
    public async Task Calls_that_the_template_leaves_out_become_text_with_a_note(string template)
    {
        using var model = TestModels.Load(3, new TinyModelOptions(), options => options.ChatTemplate = template);
        await using var engine = new LlamaEngine(model, new() { Threads = 1 });
        using var client = new LlamaChatClient(engine);
        var cancellation = TestContext.Current.CancellationToken;
        var messages = Conversation("get_weather", "now", "rain at 7");

        var prompt = PromptOf(model, messages);
        Assert.Matches("<tool_call>\n{\"name\": \"get_weather\", \"arguments\": {\\s*\"city\":\\s*\"Rome\"\\s*}}\n</tool_call>", prompt);
        Assert.Contains("{\"name\": \"now\", \"arguments\": {}}", prompt, StringComparison.Ordinal);
        Assert.Contains("<tool_response>\nrain at 7\n</tool_response>", prompt, StringComparison.Ordinal);
        foreach (var options in new ChatOptions[] { new(), new() { Tools = [Clock], ToolMode = ChatToolMode.None } })
        {
            options.MaxOutputTokens = 2;
            var response = await client.GetResponseAsync(messages, options, cancellation);
            var streamed = await client.GetStreamingResponseAsync(messages, options, cancellation).ToChatResponseAsync(cancellation);
            Assert.Contains("given to the model as text", NotesOf(response).Single(), StringComparison.Ordinal);
            Assert.Equal(NotesOf(response), NotesOf(streamed));
            Assert.Equal(model.Tokenizer.EncodeChat(messages).Length, response.Usage!.InputTokenCount);
        }

        Assert.NotEqual(
            model.Tokenizer.EncodeChat(messages), model.Tokenizer.EncodeChat(Conversation("get_weather", "later", "rain at 7")));
        Assert.NotEqual(model.Tokenizer.EncodeChat(messages), model.Tokenizer.EncodeChat(Conversation("get_weather", "now", "sun at 8")));
    }

    [Fact]
    public async Task A_template_that_writes_calls_gets_them_and_no_note_is_made()
    {
        using var model = TestModels.Load(3, new TinyModelOptions { Template = CallTemplates.Of(CallTemplates.Forms["hermes"]) });
        await using var engine = new LlamaEngine(model, new() { Threads = 1 });
        using var client = new LlamaChatClient(engine);

        var messages = Conversation("get_weather", "now", "rain at 7");
        var response = await client.GetResponseAsync(messages, new() { MaxOutputTokens = 2 }, TestContext.Current.CancellationToken);

        Assert.Empty(NotesOf(response));
        Assert.DoesNotContain("<tool_response>", PromptOf(model, messages), StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_beside_a_result_is_kept()
    {
        using var model = TestModels.Load(3, new TinyModelOptions(), options => options.ChatTemplate = "chatml");
        ChatMessage[] messages =
        [
            .. Conversation("get_weather", "now", "rain at 7"),
            new(ChatRole.User, [new TextContent("And in Paris?"), new FunctionResultContent("c3", "late result")]),
        ];
        var prompt = PromptOf(model, messages);
        Assert.Contains("And in Paris?", prompt, StringComparison.Ordinal);
        Assert.Contains("late result", prompt, StringComparison.Ordinal);
    }

    private static AIFunctionDeclaration Clock =>
        AIFunctionFactory.CreateDeclaration("now", "The time.", AIJsonUtilities.CreateJsonSchema(null));

    private static ChatMessage[] Conversation(string first, string second, string result) =>
    [
        new(ChatRole.User, "How is it?"),
        new(ChatRole.Assistant,
        [
            new FunctionCallContent("c1", first, new Dictionary<string, object?> { ["city"] = "Rome" }),
            new FunctionCallContent("c2", second, new Dictionary<string, object?>()),
        ]),
        new(ChatRole.Tool, [new FunctionResultContent("c1", result), new FunctionResultContent("c2", "12:00")]),
        new(ChatRole.User, "Thanks. And now?"),
    ];

    private static string PromptOf(LlamaModel model, ChatMessage[] messages) =>
        string.Concat(model.Tokenizer.Chat.Render(messages, PromptSettings.None).Spans.Select(static span => span.Text));

    private static IEnumerable<string> NotesOf(ChatResponse response) => ChatNotes.In(response.AdditionalProperties);
}
