using System.Text;
using System.Text.Json;
using CognitiveTools.TestModels;
using Microsoft.Extensions.DependencyInjection;

namespace CognitiveTools.Server.Tests;

/// <summary>A local model whose chat template knows neither functions nor thoughts; its weights are random.</summary>
public sealed class LocalModelTests : IAsyncLifetime
{
    private const string Messages = """ "model":"plain","messages":[{"role":"user","content":"hi"}] """;

    private const string Function = """
        "max_tokens":200,"tool_choice":"required","tools":[{"type":"function","function":{"name":"get_weather","parameters":
        {"type":"object","properties":{"city":{"enum":["Paris","Rome"]}},"required":["city"]}}}]
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ServerUnderTest _server = null!;

    public async ValueTask InitializeAsync() => _server = await ServerUnderTest.StartAsync(services => services.AddLlama(
        llama => llama.Path = TinyModel.Write(Path.Combine(Directory.CreateTempSubdirectory("cogtools-").FullName, "tiny.gguf"), 3, new()),
        engine => engine.Threads = 1));

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    /// <summary>A schema of lists in each other that has this many levels.</summary>
    internal static string Nested(int levels) => string.Concat(Enumerable.Repeat("{\"type\":\"array\",\"items\":", levels - 1))
        + "{\"type\":\"null\"}" + new string('}', levels - 1);

    [Theory]
    [InlineData("none")]
    [InlineData("low")]
    [InlineData("high")]
    public async Task How_much_to_think_is_refused_by_name_for_a_model_that_cannot(string effort)
    {
        var (status, body) = await _server.PostAsync($$"""{{{Messages}},"reasoning_effort":"{{effort}}"}""");

        var error = body.GetProperty("error");
        var message = error.GetProperty("message").GetString();
        Assert.Equal((400, "reasoning_effort"), (status, error.GetProperty("param").GetString()));
        Assert.Contains("Leave it out", message, StringComparison.Ordinal);
        Assert.DoesNotContain("ChatOptions", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Functions_that_the_template_does_not_know_are_called_with_a_note()
    {
        var (status, body) = await _server.PostAsync($$"""{{{Messages}},{{Function}}}""");
        var (_, plain) = await _server.PostAsync($$"""{{{Messages}},"max_tokens":2}""");

        Assert.Equal(200, status);
        Assert.Single(body.GetProperty("choices")[0].GetProperty("message").GetProperty("tool_calls").EnumerateArray());
        Assert.Contains("described in the system prompt", NoteOf(body), StringComparison.Ordinal);
        Assert.False(plain.TryGetProperty("cognitive_tools", out _));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_last_chunk_of_a_stream_has_the_note(bool hasUsage)
    {
        var usage = hasUsage ? ""","stream_options":{"include_usage":true}""" : "";
        using var content = new StringContent(
            $$"""{{{Messages}},"stream":true{{usage}},{{Function}}}""", Encoding.UTF8, "application/json");

        using var response = await _server.Http.PostAsync("v1/chat/completions", content, Token);
        var text = await response.Content.ReadAsStringAsync(Token);

        var chunks = text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(static line => line["data: ".Length..]).ToArray();
        Assert.Equal("[DONE]", chunks[^1]);
        Assert.Contains("described in the system prompt", NoteOf(JsonElement.Parse(chunks[^2])), StringComparison.Ordinal);
        Assert.Equal(hasUsage, JsonElement.Parse(chunks[^2]).TryGetProperty("usage", out _));
        Assert.All(chunks[..^2], static chunk => Assert.False(JsonElement.Parse(chunk).TryGetProperty("cognitive_tools", out _)));
    }

    [Theory]
    [InlineData(150, null, "")]
    [InlineData(200, null, "")]
    [InlineData(201, "response_format.json_schema.schema", "more than 200 levels")]
    [InlineData(600, "response_format", "at most 512 levels")]
    public async Task A_schema_is_read_as_deep_as_is_documented_and_else_refused_with_the_limit(
        int levels, string? parameter, string words)
    {
        var format = "{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"a\",\"schema\":" + Nested(levels) + "}}";

        var (status, body) = await _server.PostAsync($$"""{{{Messages}},"max_tokens":3,"response_format":{{format}}}""");

        if (parameter is null)
        {
            Assert.True(status == 200, body.ToString());
            return;
        }

        var error = body.GetProperty("error");
        Assert.Equal((400, parameter), (status, error.GetProperty("param").GetString()));
        Assert.Contains(words, error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    private static string NoteOf(JsonElement completion) =>
        completion.GetProperty("cognitive_tools").GetProperty("notes").EnumerateArray().Single().GetString()!;
}
