using System.Text.Json;
using CognitiveTools.TestModels;
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

    [Fact]
    public async Task The_client_goes_round_a_loop_of_two_calls_on_a_local_model()
    {
        // The model's weights are random: the template begins the calls, and the grammar writes them.
        await using var server = await ServerUnderTest.StartAsync(services => services.AddLlama(
            llama =>
            {
                var path = Path.Combine(Directory.CreateTempSubdirectory("cogtools-").FullName, "tiny.gguf");
                llama.Path = TinyModel.Write(path, 3, new() { Template = ScriptedCalls.Template });
                llama.TemplateVariables["script"] = "2";
            },
            engine => engine.Threads = 1));

        var report = await client.RunScriptAsync("tools.mjs", server.Endpoint);

        var calls = report.GetProperty("calls").EnumerateArray().ToArray();
        Assert.Equal(2, calls.Length);
        Assert.Equal(2, calls.Select(static call => Text(call, "id")).Distinct().Count());
        Assert.All(calls, static call => Assert.Equal("get_weather", Text(call, "name")));
        Assert.All(calls, static call => Assert.Contains(Text(call, "city"), (string[])["Paris", "Rome"]));
        var finishes = report.GetProperty("finishes").EnumerateArray().Select(static f => f.GetString()).ToArray();
        Assert.Equal(["tool_calls", "tool_calls"], finishes[..2]);
        Assert.Contains(finishes[2], (string[])["stop", "length"]);
        Assert.Equal(report.GetProperty("whole").GetRawText(), report.GetProperty("streamed").GetRawText());
    }

    private static string Text(JsonElement report, string name) => report.GetProperty(name).GetString()!;

    private static (string Kind, int Status, string Parameter) Error(JsonElement error) =>
        (Text(error, "kind"), error.GetProperty("status").GetInt32(), Text(error, "param"));
}
