using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;

namespace CognitiveTools.Server.Tests;

/// <summary>The server, with the model of the repository, driven by OpenAI's client for JavaScript.</summary>
public sealed class JavaScriptClientTests(JavaScriptClient client) : IClassFixture<JavaScriptClient>
{
    [Fact]
    public async Task The_client_lists_asks_streams_and_understands_the_errors()
    {
        await using var server = await ServerUnderTest.StartAsync(services =>
        {
            services.AddLlama(llama => llama.Path = Path.Combine(AppContext.BaseDirectory, "mini.gguf"), engine => engine.Threads = 1);
            services.AddCognitiveTools(tools => tools.Profile = "mini");
        });

        var report = await client.DriveAsync(server.Endpoint);

        Assert.Equal(server.Models, report.GetProperty("models").EnumerateArray().Select(m => m.GetString()!));
        Assert.Equal("cot", Text(report, "one"));
        Assert.NotEmpty(Text(report, "text"));
        Assert.Equal(Text(report, "text"), Text(report, "streamed"));
        foreach (var count in new[] { "prompt_tokens", "completion_tokens", "total_tokens" })
            Assert.Equal(report.GetProperty("usage").GetProperty(count).GetInt32(),
                report.GetProperty("streamedUsage").GetProperty(count).GetInt32());
        Assert.Contains(Text(report, "turn"), new[] { "stop", "length" });
        Assert.Contains("ANSWER: ", Text(report, "tools"), StringComparison.Ordinal);
        Assert.Equal(Text(report, "tools"), Text(report, "gathered"));
        Assert.Contains("[understand_question", Text(report, "thinking"), StringComparison.Ordinal);
        Assert.Equal(("BadRequestError", 400, "n"), Error(report.GetProperty("several")));
        Assert.Equal(("NotFoundError", 404, "model"), Error(report.GetProperty("unknown")));
    }

    private static string Text(JsonElement report, string name) => report.GetProperty(name).GetString()!;

    private static (string Kind, int Status, string Parameter) Error(JsonElement error) =>
        (Text(error, "kind"), error.GetProperty("status").GetInt32(), Text(error, "param"));
}
