using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using OpenAI.Chat;

namespace CognitiveTools.Server.Tests;

/// <summary>The model of the repository behind the server, through OpenAI's own client.</summary>
public sealed class MiniModelTests : IAsyncLifetime
{
    private const string Question = "What is the remainder when 7^3 is divided by 5?";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ServerUnderTest _server = null!;

    public async ValueTask InitializeAsync() => _server = await ServerUnderTest.StartAsync(services =>
    {
        services.AddLlama(llama => llama.Path = Path.Combine(AppContext.BaseDirectory, "mini.gguf"), engine => engine.Threads = 1);
        services.AddCognitiveTools(tools => tools.Profile = "mini");
        services.AddLatentReasoning();
    });

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task The_stream_is_the_text_and_a_seed_gives_the_same_text_again()
    {
        var options = new ChatCompletionOptions { Temperature = 1, MaxOutputTokenCount = 48, Seed = 5 };
        ChatCompletion first = await _server.OpenAI().CompleteChatAsync([new UserChatMessage(Question)], options, Token);
        var text = "";
        ChatTokenUsage? usage = null;
        await foreach (var update in _server.OpenAI().CompleteChatStreamingAsync([new UserChatMessage(Question)], options, Token))
        {
            text += string.Concat(update.ContentUpdate.Select(c => c.Text));
            usage = update.Usage ?? usage;
        }

        Assert.NotEmpty(text);
        Assert.Equal(first.Content.Single().Text, text);
        Assert.Equal((first.Usage.InputTokenCount, first.Usage.OutputTokenCount), (usage!.InputTokenCount, usage.OutputTokenCount));
    }

    [Fact]
    public async Task A_stop_sequence_ends_the_text_before_it()
    {
        ChatCompletion whole = await _server.OpenAI().CompleteChatAsync(Question);
        var text = whole.Content.Single().Text;

        ChatCompletion cut = await _server.OpenAI()
            .CompleteChatAsync([new UserChatMessage(Question)], new ChatCompletionOptions { StopSequences = { text[2..4] } }, Token);

        Assert.Equal(text[..text.IndexOf(text[2..4], StringComparison.Ordinal)], cut.Content.Single().Text);
        Assert.Equal(ChatFinishReason.Stop, cut.FinishReason);
    }

    [Fact]
    public async Task A_schema_is_kept_by_a_model_that_never_saw_JSON()
    {
        var schema = BinaryData.FromString(
            """{"type":"object","properties":{"answer":{"type":"integer"},"verdict":{"enum":["yes","no"]}},"required":"""
                + """["answer","verdict"],"additionalProperties":false}""");
        for (var seed = 0; seed < 4; seed++)
        {
            ChatCompletion answer = await _server.OpenAI().CompleteChatAsync(
                [new UserChatMessage(Question)],
                new ChatCompletionOptions
                {
                    Seed = seed,
                    Temperature = 1,
                    MaxOutputTokenCount = 200,
                    ResponseFormat = ChatResponseFormat.CreateJsonSchemaFormat("answer", schema, jsonSchemaIsStrict: true)
                },
                Token);

            Assert.Equal(ChatFinishReason.Stop, answer.FinishReason);
            var json = JsonElement.Parse(answer.Content.Single().Text);
            Assert.Equal(["answer", "verdict"], json.EnumerateObject().Select(p => p.Name));
            Assert.Equal(JsonValueKind.Number, json.GetProperty("answer").ValueKind);
            Assert.Contains(json.GetProperty("verdict").GetString(), new[] { "yes", "no" });
        }
    }

    [Fact]
    public async Task A_schema_that_no_grammar_keeps_is_refused_before_the_model_is_asked()
    {
        var (status,
            body) = await _server.PostAsync(
            """{"model":"plain","response_format":{"type":"json_schema","json_schema":{"name":"a","schema":"""
                + """{"type":"string","pattern":"a+"}}},"messages":[{"role":"user","content":"x"}]}""");

        Assert.Equal((400, "response_format.json_schema.schema"), (status, body.GetProperty("error").GetProperty("param").GetString()));
        Assert.Contains("pattern", body.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_grammar_that_never_begins_is_refused_and_the_server_lives_on()
    {
        var (status,
            _) = await _server.PostAsync(
            """{"model":"plain","response_format":{"type":"json_schema","json_schema":{"name":"a","schema":"""
                + """{"$ref":"#/$defs/a","$defs":{"a":{"anyOf":[{"$ref":"#/$defs/a"},{"type":"null"}]}}}}},"messages":["""
                + """{"role":"user","content":"x"}]}""");

        Assert.Equal(400, status);
        Assert.Equal(200, (await _server.GetAsync("health")).Status);
    }

    [Fact]
    public async Task A_prompt_that_leaves_no_room_is_refused_streamed_or_not()
    {
        var text = string.Concat(Enumerable.Repeat("12345 ", 4000));
        foreach (var (model, stream) in new[]
        {
            ("plain", "true"), ("plain", "false"), ("cot", "true"), ("cot", "false"), ("tools", "false"),
        })
        {
            var (status, body) = await _server.PostAsync(
                $$"""{"model":"{{model}}","stream":{{stream}},"messages":[{"role":"user","content":"{{text}}"}]}""");
            Assert.Equal((400, "context_length_exceeded"), (status, body.GetProperty("error").GetProperty("code").GetString()));
        }
    }

    [Fact]
    public async Task Reasoners_with_words_and_without_answer()
    {
        ChatCompletion tools = await _server.OpenAI("cognitive-tools").CompleteChatAsync(Question);
        var (status, latent) = await _server.PostAsync(
            $$"""{"model":"latent:rule=soft,steps=8","messages":[{"role":"user","content":"{{Question}}"}]}""");

        Assert.Contains("ANSWER: ", tools.Content.Single().Text, StringComparison.Ordinal);
        Assert.Equal(200, status);
        Assert.Equal(8, latent.GetProperty("usage").GetProperty("positions_details").GetProperty("latent").GetInt32());
        Assert.Contains("latent:rule=soft,steps=8", _server.Models);
    }

    [Fact]
    public async Task Sixteen_requests_at_a_time_are_all_answered_in_full()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(async i =>
        {
            ChatCompletion answer = await _server.OpenAI(i % 4 == 0 ? "cot" : "plain")
                .CompleteChatAsync($"What is the remainder when {i + 2}^3 is divided by 5?");
            return answer;
        }));

        Assert.All(answers, a => Assert.True(a.Content.Single().Text.Length > 0 && a.Usage.OutputTokenCount > 0
            && a.FinishReason == ChatFinishReason.Stop));
    }
}
