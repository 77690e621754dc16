using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;

namespace CognitiveTools.Server.Tests;

/// <summary>
/// The model of the repository with its reasoning as thought (<c>until-answer</c>): what a request asks for holds beside the thoughts.
/// </summary>
public sealed class PlainThoughtsTests : IAsyncLifetime
{
    private const string Format = """
        "response_format":{"type":"json_schema","json_schema":{"name":"a","schema":
        {"type":"object","properties":{"verdict":{"enum":["yes","no"]}},"required":["verdict"],"additionalProperties":false}}}
        """;

    private ServerUnderTest _server = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await ServerUnderTest.StartAsync(services =>
    {
        services.AddLlama(
            llama => (llama.Path, llama.ThoughtFormat) = (Path.Combine(AppContext.BaseDirectory, "mini.gguf"), "until-answer"),
            engine => engine.Threads = 1);
        services.AddCognitiveTools(tools => tools.Profile = "mini");
        services.AddLatentReasoning();
    });

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("What is the remainder when 7^3 is divided by 5?", "")] // the model ends its turn without an answer
    [InlineData("What is the remainder when 7^3 is divided by 5? Think step by step. ANSWER:", "")]
    [InlineData("2 + 2?", ""","reasoning_effort":"none" """)]
    public async Task A_response_format_is_kept_behind_the_thoughts(string question, string rest)
    {
        foreach (var stream in (bool[])[false, true])
        {
            var (content, _) = await AskAsync(question, $"{Format}{rest}", stream);

            var json = JsonElement.Parse(content);
            Assert.Contains(json.GetProperty("verdict").GetString(), (string[])["yes", "no"]);
        }
    }

    [Theory]
    [InlineData("ANSWER")]
    [InlineData(":")]
    [InlineData("A")]
    public async Task The_thoughts_are_counted_whatever_the_text_is_stopped_at(string stop)
    {
        foreach (var effort in (string[])["none", "medium"])
        {
            foreach (var stream in (bool[])[false, true])
            {
                var (_, usage) = await AskAsync(
                    "2 + 2? ANSWER:", $"\"reasoning_effort\":\"{effort}\",\"stop\":\"{stop}\"", stream);

                Assert.True(usage.GetProperty("completion_tokens_details").GetProperty("reasoning_tokens").GetInt64() > 0);
            }
        }
    }

    [Theory]
    [InlineData("minimal")]
    [InlineData("low")]
    [InlineData("high")]
    [InlineData("xhigh")]
    public async Task A_level_of_thinking_that_the_model_does_not_have_is_refused_by_name(string effort)
    {
        var (plain, refused) = await _server.PostAsync(Body("2 + 2?", $"\"reasoning_effort\":\"{effort}\"", stream: false));
        var (reasoner, setting) = await _server.PostAsync(
            """{"model":"cot:think=low","messages":[{"role":"user","content":"2 + 2?"}]}""");

        Assert.Equal((400, "reasoning_effort"), (plain, refused.GetProperty("error").GetProperty("param").GetString()));
        Assert.Contains("none or medium", refused.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal((400, "model"), (reasoner, setting.GetProperty("error").GetProperty("param").GetString()));
        Assert.Contains("think=on", setting.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_reasoner_refuses_a_response_format_by_name()
    {
        foreach (var model in _server.Models.Where(static name => name != "plain"))
        {
            var (status, body) = await _server.PostAsync(
                $$"""{"model":"{{model}}",{{Format}},"messages":[{"role":"user","content":"2 + 2?"}]}""");

            var error = body.GetProperty("error");
            Assert.Equal((model, 400, "response_format"), (model, status, error.GetProperty("param").GetString()));
            Assert.Contains("ask the plain model", error.GetProperty("message").GetString(), StringComparison.Ordinal);
        }
    }

    private static string Body(string question, string rest, bool stream) => $$"""
        {"model":"plain","max_tokens":400,"messages":[{"role":"user","content":"{{question}}"}],{{rest}},
        "stream":{{(stream ? "true" : "false")}}{{(stream ? ",\"stream_options\":{\"include_usage\":true}" : "")}}}
        """;

    private async Task<(string Content, JsonElement Usage)> AskAsync(string question, string rest, bool stream)
    {
        using var body = new StringContent(Body(question, rest, stream), Encoding.UTF8, "application/json");
        using var response = await _server.Http.PostAsync("v1/chat/completions", body, Token);
        var text = await response.Content.ReadAsStringAsync(Token);
        Assert.True(response.IsSuccessStatusCode, text);
        var (content, usage) = ("", default(JsonElement));
        foreach (var line in text.Split('\n').Select(static line => line.Replace("data: ", "", StringComparison.Ordinal)))
        {
            if (!line.StartsWith('{'))
                continue;
            var part = JsonElement.Parse(line);
            usage = part.TryGetProperty("usage", out var counted) ? counted : usage;
            foreach (var choice in part.GetProperty("choices").EnumerateArray())
            {
                var said = choice.GetProperty(stream ? "delta" : "message");
                content += said.TryGetProperty("content", out var more) ? more.GetString() : "";
            }
        }

        return (content, usage);
    }
}
