using CognitiveTools.TestModels;
using CognitiveTools.TestServers;

namespace CognitiveTools.Cli.Tests;

/// <summary>Temperatures and the sampling that a model's file recommends, as a user of the commands meets them.</summary>
public sealed class SamplingCommandTests(TinyFiles files) : IClassFixture<TinyFiles>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Doctor_shows_the_recommendation_of_the_file_and_what_of_it_has_no_effect()
    {
        var recommended = await CommandRun.OfAsync("doctor", "-m", Recommending(), "--threads", "1");
        var plain = await CommandRun.OfAsync("doctor", "-m", files.Model, "--threads", "1");

        Assert.Contains("temp 2, top_k 40", recommended.Output, StringComparison.Ordinal);
        Assert.Contains("not used: general.sampling.mirostat = 1", recommended.Output, StringComparison.Ordinal);
        Assert.Contains("the file recommends nothing", plain.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ask_samples_as_the_file_recommends_unless_a_temperature_is_given()
    {
        var model = Recommending();
        var first = await AskAsync(model, "--seed", "1");

        Assert.Equal(first, await AskAsync(model, "--seed", "1", "--temperature", "none"));
        Assert.NotEqual(first, await AskAsync(model, "--seed", "2"));
        var greedy = await AskAsync(model, "--seed", "1", "--temperature", "0");
        Assert.Equal(greedy, await AskAsync(model, "--seed", "2", "--temperature", "0"));
    }

    [Fact]
    public async Task The_recommendation_is_part_of_a_runs_identity()
    {
        var run = files.PathOf("sampled");
        var evaluated = await CommandRun.OfAsync(
            "eval", "-p", files.Problems, "-a", "direct", "-m", Recommending(), "--take", "1", "--samples", "2", "--max-tokens", "4",
            "--run", run, "--threads", "1");

        Assert.True(evaluated.ExitCode is ExitCodes.Success or ExitCodes.Attention, evaluated.Error);
        var header = await File.ReadAllTextAsync(Path.Combine(run, "run.json"), Token);
        Assert.Contains("\"temp\": \"2\"", header, StringComparison.Ordinal);
        Assert.DoesNotContain("\"temperature\"", header, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData()]
    [InlineData("--temperature", "none")]
    public async Task Samples_that_would_all_be_the_same_are_refused(params string[] temperature)
    {
        var run = await CommandRun.OfAsync(
        [
            "eval", "-p", files.Problems, "-a", "direct", "-m", files.Model, "--samples", "2", "--run", files.PathOf("same"),
            .. temperature,
        ]);

        Assert.Equal(ExitCodes.BadInput, run.ExitCode);
        Assert.Contains("would all be the same", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_of_OpenAI_that_takes_no_temperature_answers_and_the_notes_say_what_was_left_out()
    {
        await using var server = await ChatCompletionsServer.StartAsync(call =>
            new[] { "max_tokens", "temperature", "seed", "stop", "parallel_tool_calls" }.FirstOrDefault(call.Body.ContainsKey) is { } name
                ? new ChatReply($"Unsupported parameter: '{name}' is not supported with this model.") { Status = 400 }
                : new ChatReply("ANSWER: 4"));
        string[] ask = ["ask", "2+2?", "--endpoint", server.Endpoint, "--endpoint-model", ChatCompletionsServer.Model];

        var tools = await CommandRun.OfAsync(ask);
        var wished = await CommandRun.OfAsync([.. ask, "-r", "cot", "--temperature", "0.5"]);

        Assert.Equal((ExitCodes.Success, "ANSWER: 4"), (tools.ExitCode, tools.Output.Trim()));
        Assert.Contains("note: the server takes no seed", tools.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Attention, wished.ExitCode);
        Assert.Contains("--temperature none", wished.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_full_context_of_another_server_is_named_as_one()
    {
        await using var server = await ChatCompletionsServer.StartAsync(
            _ => new ChatReply("prompt is too long: 210000 tokens > 200000 maximum") { Status = 400 });

        var run = await CommandRun.OfAsync(
            "ask", "x", "-r", "cot", "--endpoint", server.Endpoint, "--endpoint-model", ChatCompletionsServer.Model);

        Assert.Equal(ExitCodes.Attention, run.ExitCode);
        Assert.Contains("ContextFull", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_solve_that_runs_out_of_time_says_how_to_give_more()
    {
        using var isOver = new ManualResetEventSlim();
        await using var server = await ChatCompletionsServer.StartAsync(_ =>
        {
            isOver.Wait(TimeSpan.FromMinutes(5)); // until the test is over
            return new ChatReply("late");
        });

        var run = await CommandRun.OfAsync(
            "ask", "x", "-r", "cot", "--timeout", "0.3", "--endpoint", server.Endpoint, "--endpoint-model", ChatCompletionsServer.Model);
        isOver.Set();

        Assert.Equal(ExitCodes.Attention, run.ExitCode);
        Assert.Contains("the time of 0.3 s ran out", run.Error, StringComparison.Ordinal);
        Assert.Contains("Give more time with --timeout", run.Error, StringComparison.Ordinal);
    }

    private static async Task<string> AskAsync(string model, params string[] options)
    {
        var run = await CommandRun.OfAsync(["ask", "x", "-r", "direct", "-m", model, "--max-tokens", "12", "--threads", "1", .. options]);
        return run.Output;
    }

    private string Recommending()
    {
        var path = files.PathOf("recommending.gguf");
        if (!File.Exists(path))
        {
            TinyModel.Write(path, seed: 7, new TinyModelOptions
            {
                Context = 2048,
                Metadata = [("general.sampling.temp", 2f), ("general.sampling.top_k", 40), ("general.sampling.mirostat", 1)],
            });
        }

        return path;
    }
}
