using System.Text.Json;
using CognitiveTools.TestServers;

namespace CognitiveTools.Cli.Tests;

/// <summary>Commands on a remote model, against a server on loopback.</summary>
public sealed class EndpointCommandTests(TinyFiles files) : IClassFixture<TinyFiles>
{
    private const string Call = "<call>{\"tool\":\"understand_question\",\"args\":{}}</call>";
    private const string Notes = "Concepts: c\nGivens: g\nGoal: o\nSteps: s\nTechniques: t";

    [Fact]
    public async Task Ask_uses_the_endpoint_and_shows_the_tool_call()
    {
        await using var server = await ChatCompletionsServer.StartAsync(Call, Notes, "ANSWER: 4");

        var run = await CommandRun.OfAsync(
            "ask", "What is 2 + 2?", "--endpoint", server.Endpoint, "--endpoint-model", ChatCompletionsServer.Model, "--show-trace");

        Assert.Equal((ExitCodes.Success, "ANSWER: 4"), (run.ExitCode, run.Output.Trim()));
        Assert.Contains("understand_question", run.Error, StringComparison.Ordinal);
        Assert.Equal(3, server.Calls.Count);
    }

    [Fact]
    public async Task Eval_runs_verbal_arms_repeats_a_busy_request_and_records_the_endpoint()
    {
        await using var server = await ChatCompletionsServer.StartAsync(call =>
            call.Index == 0 ? new ChatReply("busy") { Status = 429 }
            : new ChatReply(call.LastText.Contains("2 + 2", StringComparison.Ordinal) ? "ANSWER: 4" : "ANSWER: 0"));
        var run = files.PathOf("remote");

        var evaluated = await CommandRun.OfAsync(
            "eval", "--endpoint", server.Endpoint, "--endpoint-model", ChatCompletionsServer.Model,
            "-p", files.Problems, "-a", "direct,cot", "--run", run, "--json", "-c", "1");

        Assert.Equal(ExitCodes.Success, evaluated.ExitCode);
        var units = (await File.ReadAllLinesAsync(Path.Combine(run, "units.jsonl"), TestContext.Current.CancellationToken)).Select(
            l => JsonDocument.Parse(l).RootElement).ToList();
        Assert.Equal(6, units.Count);
        Assert.Equal(2, units.Count(u => u.GetProperty("status").GetString() == "correct"));
        Assert.Equal(7, server.Calls.Count);
        var header = await File.ReadAllTextAsync(Path.Combine(run, "run.json"), TestContext.Current.CancellationToken);
        Assert.Contains(server.Endpoint, header, StringComparison.Ordinal);
        Assert.Contains(ChatCompletionsServer.Model, header, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("latent:steps=2")]
    [InlineData("pause:steps=2")]
    public async Task A_latent_arm_is_refused_with_the_reason(string arm)
    {
        await using var server = await ChatCompletionsServer.StartAsync("ANSWER: 4");
        string[] endpoint = ["--endpoint", server.Endpoint, "--endpoint-model", ChatCompletionsServer.Model];

        var evaluated = await CommandRun.OfAsync(
            ["eval", "-p", files.Problems, "-a", $"direct,{arm}", "--run", files.PathOf("refused"), .. endpoint]);
        var asked = await CommandRun.OfAsync(["ask", "x", "-r", arm, .. endpoint]);

        Assert.All([evaluated, asked], run =>
        {
            Assert.Equal(ExitCodes.BadInput, run.ExitCode);
            Assert.Contains("hidden states", run.Error, StringComparison.Ordinal);
        });
        Assert.Empty(server.Calls);
    }

    [Fact]
    public async Task A_refused_key_and_a_dead_address_end_the_command_at_once()
    {
        var server = await ChatCompletionsServer.StartAsync(_ => new ChatReply("x"), key: "right");
        string[] ask = ["ask", "x", "--endpoint", server.Endpoint, "--endpoint-model", ChatCompletionsServer.Model];
        var refused = await CommandRun.OfAsync(ask);
        await server.DisposeAsync();
        var dead = await CommandRun.OfAsync(ask);

        Assert.Equal((ExitCodes.BadInput, ExitCodes.BadInput), (refused.ExitCode, dead.ExitCode));
        Assert.Contains("401", refused.Error, StringComparison.Ordinal);
        Assert.Contains("Nothing answers at", dead.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--endpoint needs --endpoint-model", "--endpoint", "http://127.0.0.1:1/v1")]
    [InlineData("not both", "--endpoint", "http://127.0.0.1:1/v1", "--endpoint-model", "x", "--model", "mini")]
    [InlineData("belongs to --endpoint", "--endpoint-model", "x")]
    [InlineData("not an absolute http", "--endpoint", "localhost", "--endpoint-model", "x")]
    [InlineData(
        "'COGTOOLS_NOT_SET', which is not set", "--endpoint", "http://127.0.0.1:1/v1", "--endpoint-model", "x",
        "--endpoint-key-variable", "COGTOOLS_NOT_SET")]
    public async Task Options_that_do_not_go_together_are_named(string expected, params string[] options)
    {
        var run = await CommandRun.OfAsync(["ask", "x", .. options]);

        Assert.Equal(ExitCodes.BadInput, run.ExitCode);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }
}
