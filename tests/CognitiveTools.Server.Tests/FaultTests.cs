using System.Text.Json;
using CognitiveTools.Server.Hosting;
using CognitiveTools.Testing;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace CognitiveTools.Server.Tests;

/// <summary>What the client learns of a fault of the server, what its log says, and what its health is.</summary>
public sealed class FaultTests
{
    private const string Secret = "/srv/secret/model.gguf";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("plain", false)]
    [InlineData("plain", true)]
    [InlineData("cot", false)]
    [InlineData("cot", true)]
    public async Task A_fault_of_the_server_says_no_more_than_that_and_the_log_has_the_rest(string model, bool stream)
    {
        var log = new FakeLogCollector();
        await using var server = await StartAsync(new ScriptedChatClient(_ => throw new InvalidOperationException(Secret)), log);

        var (status, body) = await server.PostAsync(
            $$"""{"model":"{{model}}","stream":{{(stream ? "true" : "false")}},"messages":[{"role":"user","content":"x"}]}""");

        var error = body.GetProperty("error");
        Assert.InRange(status, 500, 599);
        Assert.DoesNotContain("secret", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", error.ToString(), StringComparison.Ordinal);
        var entry = log.GetSnapshot().First(e => e.Level == LogLevel.Error);
        Assert.Contains(error.GetProperty("request_id").GetString()!, entry.Message, StringComparison.Ordinal);
        Assert.Contains(Secret, entry.Exception!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_answer_has_an_id_and_every_request_a_line_of_the_log()
    {
        var log = new FakeLogCollector();
        await using var server = await StartAsync(new ScriptedChatClient("yes"), log);

        using var found = await server.Http.GetAsync("v1/models", Token);
        using var missing = await server.Http.GetAsync("no%0Awhere", Token);
        var error = JsonElement.Parse(await missing.Content.ReadAsStringAsync(Token)).GetProperty("error");

        Assert.Equal(missing.Headers.GetValues("x-request-id").Single(), error.GetProperty("request_id").GetString());
        await WaitForAsync(() => log.GetSnapshot().Count(e => e.Level == LogLevel.Information
            && e.Category == typeof(CompletionsServer).FullName) == 2);
        var lines = log.GetSnapshot().Where(e => e.Level == LogLevel.Information && e.Category == typeof(CompletionsServer).FullName)
            .Select(e => e.Message).ToList();
        Assert.Contains(lines, l => l.StartsWith("GET /v1/models 200", StringComparison.Ordinal)
            && l.Contains(found.Headers.GetValues("x-request-id").Single(), StringComparison.Ordinal));
        Assert.Contains(lines, l => l.StartsWith("GET /no%0Awhere 404", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("steps:of=none", 404)]
    [InlineData("cot:profile=none", 400)]
    [InlineData("cot:thoughts=-1", 400)]
    [InlineData("cot:thoughts", 400)]
    [InlineData("maj:k=-1", 400)]
    [InlineData("none", 404)]
    public async Task A_model_that_is_not_there_is_explained_without_words_of_the_program(string name, int expected)
    {
        await using var server = await ServerUnderTest.StartAsync("yes");

        var (found, _) = await server.GetAsync($"v1/models/{name}");
        var (status, body) = await server.PostAsync($$"""{"model":"{{name}}","messages":[{"role":"user","content":"x"}]}""");

        var error = body.GetProperty("error");
        var message = error.GetProperty("message").GetString();
        Assert.Equal((expected, expected, "model"), (found, status, error.GetProperty("param").GetString()));
        Assert.Contains(name, message, StringComparison.Ordinal);
        Assert.DoesNotContain("Parameter", message, StringComparison.Ordinal);
        Assert.DoesNotContain("CognitiveTools.", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("reasoning_effort", "It knows nothing of thinking, so ChatOptions.Reasoning cannot be honoured. Leave it out.")]
    [InlineData("reasoning_effort", "ChatOptions.Reasoning.Output is not supported. Leave it out.")]
    [InlineData("tools", "ChatOptions.Tools and ChatOptions.ResponseFormat cannot be combined.")]
    [InlineData(null, "ChatOptions.Unknown")]
    public async Task A_refusal_of_the_chat_client_names_the_parameter_of_the_protocol(string? parameter, string words)
    {
        await using var server = await ServerUnderTest.StartAsync(new ScriptedChatClient(_ => throw new NotSupportedException(words)));

        var (status, body) = await server.PostAsync("""{"model":"plain","messages":[{"role":"user","content":"x"}]}""");

        var error = body.GetProperty("error");
        Assert.Equal((400, parameter), (status, error.GetProperty("param").GetString()));
        Assert.Contains(parameter is null ? words : $"'{parameter}'", error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_health_is_what_the_checks_of_the_host_say_without_their_details()
    {
        var health = HealthCheckResult.Unhealthy($"{Secret} is missing");
        var log = new FakeLogCollector();
        await using var server = await ServerUnderTest.StartAsync(services =>
        {
            services.AddKeyedSingleton<IChatClient>("verbal", new ScriptedChatClient("yes"));
            services.AddLogging(logging => logging.AddProvider(new FakeLoggerProvider(log)));
            services.AddHealthChecks().AddCheck("llama", () => health);
        });

        var (status, body) = await server.GetAsync("health");
        health = HealthCheckResult.Healthy();
        var (later, good) = await server.GetAsync("health");

        Assert.Equal((503, "unavailable"), (status, body.GetProperty("status").GetString()));
        Assert.Contains("llama", body.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", body.ToString(), StringComparison.Ordinal);
        Assert.Contains(log.GetSnapshot(), e => e.Level == LogLevel.Warning && e.Message.Contains(Secret, StringComparison.Ordinal));
        Assert.Equal((200, "ok"), (later, good.GetProperty("status").GetString()));
    }

    private static Task<ServerUnderTest> StartAsync(IChatClient client, FakeLogCollector log) => ServerUnderTest.StartAsync(services =>
    {
        services.AddKeyedSingleton("verbal", client);
        services.AddLogging(logging => logging.AddProvider(new FakeLoggerProvider(log)));
    });

    // A line is written after its answer has been sent.
    private static async Task WaitForAsync(Func<bool> condition)
    {
        while (!condition())
            await Task.Delay(10, Token);
    }
}
