using System.Net;
using System.Text;
using System.Text.Json;
using CognitiveTools.Chat;
using CognitiveTools.Server.Hosting;
using CognitiveTools.Testing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace CognitiveTools.Server.Tests;

/// <summary>How the server passes on what its model's client reports: a full context, a refusal, a fault, a limit of requests.</summary>
public sealed class ModelOutcomeTests
{
    private const string Refusal = "I cannot help with that.";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("plain", false, true)]
    [InlineData("plain", true, false)]
    [InlineData("cot", false, false)]
    [InlineData("cot", true, true)]
    [InlineData("tools", false, true)]
    [InlineData("tools", true, false)]
    public async Task A_prompt_that_fills_the_context_is_refused_and_a_remote_model_gets_no_advice_on_an_option(
        string model, bool stream, bool isRemote)
    {
        var response = new ChatResponse(new ChatMessage(ChatRole.Assistant, ""))
        {
            FinishReason = ChatFinishReason.Length,
            AdditionalProperties = new() { [ChatOptionKeys.ContextFull] = true },
        };
        await using var server = await ServerUnderTest.StartAsync(Client(response, isRemote));

        var (status, body) = await server.PostAsync(Body(model, stream));

        var error = body.GetProperty("error");
        Assert.Equal((400, "context_length_exceeded"), (status, error.GetProperty("code").GetString()));
        Assert.Equal(!isRemote, error.GetProperty("message").GetString()!.Contains("--context", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_refusal_of_the_plain_model_is_the_refusal_of_the_message()
    {
        await using var server = await ServerUnderTest.StartAsync(
            Client(new ChatResponse(new ChatMessage(ChatRole.Assistant, [new ErrorContent(Refusal)]))));

        var (_, body) = await server.PostAsync(Body("plain", stream: false));
        var streamed = new StringBuilder();
        await foreach (var update in server.OpenAI().CompleteChatStreamingAsync("x"))
            streamed.Append(update.RefusalUpdate);

        var message = body.GetProperty("choices")[0].GetProperty("message");
        Assert.Equal(Refusal, message.GetProperty("refusal").GetString());
        Assert.Equal(JsonValueKind.Null, message.GetProperty("content").ValueKind);
        Assert.Equal(Refusal, streamed.ToString());
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("cot")]
    public async Task A_filtered_answer_says_so(string model)
    {
        await using var server = await ServerUnderTest.StartAsync(Client(
            new ChatResponse(new ChatMessage(ChatRole.Assistant, "The")) { FinishReason = ChatFinishReason.ContentFilter }));

        var (_, body) = await server.PostAsync(Body(model, stream: false));

        Assert.Equal("content_filter", body.GetProperty("choices")[0].GetProperty("finish_reason").GetString());
    }

    [Theory]
    [InlineData("plain", false)]
    [InlineData("plain", true)]
    [InlineData("cot", false)]
    [InlineData("cot", true)]
    public async Task An_answer_that_cannot_be_read_is_a_fault_behind_the_server(string model, bool stream)
    {
        await using var server = await ServerUnderTest.StartAsync(
            new ScriptedChatClient(static _ => throw new InvalidDataException("no choices in it")));

        var (status, body) = await server.PostAsync(Body(model, stream));

        Assert.Equal((502, "server_error"), (status, body.GetProperty("error").GetProperty("type").GetString()));
    }

    [Theory]
    [InlineData("plain", false)]
    [InlineData("plain", true)]
    [InlineData("cot", false)]
    [InlineData("cot", true)]
    [InlineData("tools", false)]
    public async Task A_limit_of_requests_is_passed_on_with_the_time_to_wait(string model, bool stream)
    {
        await using var server = await ServerUnderTest.StartAsync(new ScriptedChatClient(static _ =>
        {
            var limited = new HttpRequestException("http://host answered 429.", inner: null, HttpStatusCode.TooManyRequests);
            limited.Data["Retry-After"] = TimeSpan.FromSeconds(6.5);
            throw limited;
        }));
        using var content = new StringContent(Body(model, stream), Encoding.UTF8, "application/json");

        using var response = await server.Http.PostAsync("v1/chat/completions", content, Token);

        var error = JsonElement.Parse(await response.Content.ReadAsStringAsync(Token)).GetProperty("error");
        Assert.Equal((429, "7"), ((int)response.StatusCode, response.Headers.GetValues("Retry-After").Single()));
        Assert.Equal("rate_limit_exceeded", error.GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("cot")]
    public async Task More_thoughts_than_tokens_are_counted_as_the_tokens(string model)
    {
        await using var server = await ServerUnderTest.StartAsync(Client(
            new ChatResponse(new ChatMessage(ChatRole.Assistant, "ANSWER: 4"))
            {
                FinishReason = ChatFinishReason.Stop,
                Usage = new() { InputTokenCount = 7, OutputTokenCount = 20, TotalTokenCount = 27, ReasoningTokenCount = 500 },
            }));

        var (_, body) = await server.PostAsync(Body(model, stream: false));

        var details = body.GetProperty("usage").GetProperty("completion_tokens_details");
        Assert.Equal(20, details.GetProperty("reasoning_tokens").GetInt32());
    }

    [Fact]
    public async Task A_model_that_is_not_there_is_answered_with_the_names_that_are_listed()
    {
        await using var server = await ServerUnderTest.StartAsync("x");

        var (status, body) = await server.GetAsync("v1/models/gpt-none");

        var message = body.GetProperty("error").GetProperty("message").GetString();
        Assert.Equal(404, status);
        Assert.EndsWith($": {string.Join(", ", server.Models)}.", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reasoner_that_wants_a_sandbox_is_refused_without_words_for_writers_of_apps()
    {
        await using var server = await ServerUnderTest.StartAsync("x");

        var (status, body) = await server.GetAsync("v1/models/tools:code=on,profile=default");

        var message = body.GetProperty("error").GetProperty("message").GetString();
        Assert.Equal(400, status);
        Assert.Contains("--allow-code.", message, StringComparison.Ordinal);
        Assert.DoesNotContain("services.", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("application/json; charset=utf-8", 200)]
    [InlineData("application/json; charset=\"UTF-8\"", 200)]
    [InlineData("application/json; charset=iso-8859-1", 415)]
    [InlineData("application/json; charset=utf-16", 415)]
    public async Task A_body_in_another_charset_is_refused(string type, int expected)
    {
        await using var server = await ServerUnderTest.StartAsync("yes");

        var (status, body) = await server.PostAsync(Body("plain", stream: false), type);

        Assert.True(status == expected, body.ToString());
    }

    [Fact]
    public async Task A_stop_that_is_no_text_is_refused_with_both_forms()
    {
        await using var server = await ServerUnderTest.StartAsync("yes");

        var (_, body) = await server.PostAsync("""{"model":"plain","stop":5,"messages":[{"role":"user","content":"x"}]}""");

        Assert.Contains("a string or a list of strings", body.GetProperty("error").GetProperty("message").GetString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_start_that_is_cancelled_is_no_fault_in_the_log()
    {
        var log = new FakeLogCollector();
        var collection = new ServiceCollection();
        collection.AddKeyedSingleton("verbal", Client(new ChatResponse()));
        collection.AddLogging(logging => logging.AddProvider(new FakeLoggerProvider(log)));
        collection.AddCognitiveTools();
        await using var services = collection.BuildServiceProvider();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => CompletionsServer.StartAsync(
            services, new CompletionsServerOptions { ModelName = "plain", Port = 0 }, new CancellationToken(canceled: true)));

        Assert.DoesNotContain(log.GetSnapshot(), static entry => entry.Level >= LogLevel.Warning);
    }

    private static string Body(string model, bool stream) => $$"""
        {"model":"{{model}}","stream":{{(stream ? "true" : "false")}},"messages":[{"role":"user","content":"x"}]}
        """;

    private static IChatClient Client(ChatResponse response, bool isRemote = false)
    {
        var client = new ScriptedChatClient((_, _) => Task.FromResult(response));
        return isRemote ? new RemoteChatClient(client) : client;
    }

    private sealed class RemoteChatClient(IChatClient inner) : DelegatingChatClient(inner)
    {
        public override object? GetService(Type serviceType, object? serviceKey = null) => serviceType == typeof(ChatClientMetadata)
            ? new ChatClientMetadata("remote", new Uri("http://host/v1"), "one")
            : base.GetService(serviceType, serviceKey);
    }
}
