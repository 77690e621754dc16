using System.Text.Json;
using CognitiveTools.Chat;
using CognitiveTools.Llama.Chat;
using CognitiveTools.Llama.Engine;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Llama.Tests.Chat;

public sealed class LlamaChatClientTests
{
    private static readonly ChatMessage[] Hello = [new(ChatRole.System, "system"), new(ChatRole.User, "Question of the answer")];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_answer_has_text_finish_reason_and_usage_and_a_repeated_prompt_is_cached()
    {
        await using var engine = TestModels.Engine();
        using var client = new LlamaChatClient(engine);
        var prompt = TestModels.Tiny.Tokenizer.EncodeChat(Hello).Length;
        var first = await client.GetResponseAsync(Hello, new() { MaxOutputTokens = 6 }, Token);
        var second = await client.GetResponseAsync(Hello, new() { MaxOutputTokens = 6 }, Token);

        Assert.Equal(ChatFinishReason.Length, first.FinishReason);
        Assert.Equal(
            (prompt, 6, prompt + 6, 0),
            (first.Usage!.InputTokenCount, first.Usage.OutputTokenCount, first.Usage.TotalTokenCount, first.Usage.CachedInputTokenCount));
        Assert.Equal(prompt - 1, second.Usage!.CachedInputTokenCount);
        Assert.Equal(first.Text, second.Text);
        Assert.Null(first.AdditionalProperties);
    }

    [Fact]
    public async Task Streamed_updates_make_the_same_response()
    {
        await using var engine = TestModels.Engine();
        using var client = new LlamaChatClient(engine);
        var options = new ChatOptions { MaxOutputTokens = 20, Temperature = 1, Seed = 3, StopSequences = ["zq"] };
        var whole = await client.GetResponseAsync(Hello, options, Token);
        var streamed = await client.GetStreamingResponseAsync(Hello, options, Token).ToChatResponseAsync(Token);
        Assert.Equal(whole.Text, streamed.Text);
        Assert.Equal(whole.FinishReason, streamed.FinishReason);
        Assert.Equal(whole.Usage!.OutputTokenCount, streamed.Usage!.OutputTokenCount);
        Assert.Single(streamed.Messages);
    }

    [Fact]
    public async Task A_prompt_without_room_for_an_answer_ends_with_length_and_says_that_the_context_is_full()
    {
        await using var engine = TestModels.Engine(o => o.ContextLength = 16);
        using var client = new LlamaChatClient(engine);
        var whole = await client.GetResponseAsync(Hello, cancellationToken: Token);
        var streamed = await client.GetStreamingResponseAsync(Hello, cancellationToken: Token).ToChatResponseAsync(Token);
        foreach (var response in (ChatResponse[])[whole, streamed])
        {
            Assert.Equal("", response.Text);
            Assert.Equal(ChatFinishReason.Length, response.FinishReason);
            Assert.Equal(true, response.AdditionalProperties![ChatOptionKeys.ContextFull]);
            Assert.Equal(0, response.Usage!.InputTokenCount); // none of it went through the network
        }
    }

    [Fact]
    public async Task A_grammar_in_the_options_is_obeyed()
    {
        await using var engine = TestModels.Engine();
        using var client = new LlamaChatClient(engine);
        var options =
            new ChatOptions { Temperature = 2, AdditionalProperties = new() { [ChatOptionKeys.Grammar] = "root ::= \"ANSWER: \" [0-9]" } };
        var response = await client.GetResponseAsync(Hello, options, Token);
        Assert.Matches("^ANSWER: [0-9]$", response.Text);
        Assert.Equal(ChatFinishReason.Stop, response.FinishReason);
    }

    [Theory]
    [InlineData(
        """{"type":"object","properties":{"name":{"type":"string","maxLength":5},"size":{"type":"integer"}"""
        + ""","tags":{"type":"array","items":{"enum":["a","b"]},"maxItems":2}},"required":["name","tags"],"additionalProperties":false}""")]
    [InlineData("""{"$ref":"#/$defs/tree","$defs":{"tree":{"type":"array","maxItems":1,"items":{"$ref":"#/$defs/tree"}}}}""")]
    [InlineData("""{"anyOf":[{"type":["boolean","null"]},{"const":{"a\"\\\n":[1]}}]}""")]
    public async Task A_random_model_under_a_schema_writes_JSON_that_fits(string schema)
    {
        await using var engine = TestModels.Engine();
        using var client = new LlamaChatClient(engine);
        var finished = 0;
        for (var seed = 0; seed < 8; seed++)
        {
            var options = new ChatOptions
            {
                Temperature = 2,
                Seed = seed,
                MaxOutputTokens = 400,
                ResponseFormat = ChatResponseFormat.ForJsonSchema(JsonElement.Parse(schema)),
            };
            var response = await client.GetResponseAsync(Hello, options, Token);
            if (response.FinishReason != ChatFinishReason.Stop)
                continue; // cut by the limit, as it says
            finished++;
            var value = JsonElement.Parse(response.Text);
            if (value.ValueKind == JsonValueKind.Object && value.TryGetProperty("name", out var name))
            {
                var text = name.GetString()!;
                // bytes that are no character count otherwise in the grammar
                Assert.True(text.EnumerateRunes().Count() <= 5 || text.Contains('\uFFFD'));
                Assert.All(value.GetProperty("tags").EnumerateArray(), t => Assert.Contains(t.GetString(), new[] { "a", "b" }));
            }
        }

        Assert.True(finished > 0);
    }

    [Fact]
    public async Task Options_that_cannot_be_honoured_are_refused_by_name()
    {
        await using var engine = TestModels.Engine();
        using var client = new LlamaChatClient(engine);
        var digit = new AdditionalPropertiesDictionary { [ChatOptionKeys.Grammar] = "root ::= [0-9]" };
        await Refused(new() { ResponseFormat = ChatResponseFormat.Json, AdditionalProperties = digit }, "ResponseFormat");
        await Refused(
            new() { ResponseFormat = ChatResponseFormat.ForJsonSchema(JsonElement.Parse("""{"type":"string","pattern":"a+"}""")) },
            "pattern");
        await Refused(new() { FrequencyPenalty = 1 }, "FrequencyPenalty");
        await Refused(new() { ModelId = "another" }, "ModelId");
        var image = new ChatMessage(ChatRole.User, [new DataContent(new byte[] { 1 }, "image/png")]);
        await Assert.ThrowsAsync<NotSupportedException>(() => client.GetResponseAsync([image], cancellationToken: Token));
        await Assert.ThrowsAsync<ArgumentException>(
            () => client.GetResponseAsync(Hello, new() { AdditionalProperties = new() { [ChatOptionKeys.GrammarTrigger] = "x" } }, Token));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => client.GetResponseAsync(Hello, new() { TopP = 1.5f }, Token));

        async Task Refused(ChatOptions options, string name) =>
            Assert.Contains(
                name, (await Assert.ThrowsAsync<NotSupportedException>(() => client.GetResponseAsync(Hello, options, Token))).Message,
                StringComparison.Ordinal);
    }

    [Fact]
    public async Task Services_are_the_metadata_the_engine_and_the_client()
    {
        await using var engine = TestModels.Engine();
        using var client = new LlamaChatClient(engine);
        Assert.Equal("tiny.gguf", client.GetService<ChatClientMetadata>()!.DefaultModelId);
        Assert.Same(engine, client.GetService<LlamaEngine>());
        Assert.Same(client, client.GetService<IChatClient>());
        Assert.Null(client.GetService<string>());
    }
}
