using System.Text.Json;
using CognitiveTools.Tools;

namespace CognitiveTools.Cli.Tests.Mcp;

/// <summary><c>cogtools mcp</c> as a process of its own, driven by the protocol's reference client.</summary>
public sealed class McpCommandTests(McpClient client) : IClassFixture<McpClient>
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "cogtools.dll");

    [Fact]
    public async Task A_client_lists_and_calls_the_tools_and_ends_the_server_by_leaving()
    {
        var report = await client.DriveAsync("dotnet", Program, "mcp", "--model", "mini", "--threads", "1", "--verbose");

        Assert.Empty(report.GetProperty("problems").EnumerateArray());
        Assert.Equal("cogtools", report.GetProperty("server").GetProperty("name").GetString());
        var listed = report.GetProperty("tools").EnumerateArray().ToDictionary(
            t => t.GetProperty("name").GetString()!, StringComparer.Ordinal);
        Assert.All(ToolCatalog.Embedded("mini").Tools, tool =>
        {
            Assert.Equal(tool.Description, listed[tool.Name].GetProperty("description").GetString());
            Assert.True(JsonElement.DeepEquals(tool.Schema, listed[tool.Name].GetProperty("inputSchema")));
        });

        var text = TextOf(report.GetProperty("text"), isError: false);
        Assert.Contains('7', text);
        Assert.Equal(text, TextOf(report.GetProperty("again")[1], isError: false));
        Assert.Contains("Final Answer", TextOf(report.GetProperty("again")[0], isError: false), StringComparison.Ordinal);

        Assert.StartsWith(
            "error: examine_answer needs the argument 'current_proposed_answer'",
            TextOf(report.GetProperty("missing"), isError: true),
            StringComparison.Ordinal);
        Assert.StartsWith(
            "error: understand_question has no argument 'mood'",
            TextOf(report.GetProperty("unknownArgument"), isError: true),
            StringComparison.Ordinal);
        Assert.Contains(
            "no tool 'calculate'", report.GetProperty("unknownTool").GetProperty("thrown").GetString(), StringComparison.Ordinal);

        Assert.Equal(
            (0, JsonValueKind.Null),
            (report.GetProperty("exit").GetProperty("code").GetInt32(), report.GetProperty("exit").GetProperty("signal").ValueKind));
        Assert.Contains("serving", report.GetProperty("log").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_that_is_not_there_is_said_before_anything_is_served()
    {
        var run = await CommandRun.OfAsync("mcp", "--model", "no-such-model");

        Assert.Equal(ExitCodes.BadInput, run.ExitCode);
        Assert.Contains("no-such-model", run.Error, StringComparison.Ordinal);
        Assert.Equal("", run.Output);
    }

    private static string TextOf(JsonElement result, bool isError)
    {
        Assert.Equal(isError, result.TryGetProperty("isError", out var error) && error.GetBoolean());
        return result.GetProperty("content")[0].GetProperty("text").GetString()!;
    }
}
