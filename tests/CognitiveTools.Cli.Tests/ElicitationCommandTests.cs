namespace CognitiveTools.Cli.Tests;

public sealed class ElicitationCommandTests(TinyFiles files) : IClassFixture<TinyFiles>
{
    [Fact]
    public async Task A_vector_from_contrast_pairs_steers_the_arms_of_a_run_beside_cot_decoding()
    {
        var pairs = files.PathOf("pairs.jsonl");
        await File.WriteAllTextAsync(pairs, """
            {"positive": "think in steps: 2 + 3", "negative": "2 + 3"}
            {"positive": "think in steps: 4 + 1", "negative": "4 + 1"}
            """, TestContext.Current.CancellationToken);
        var vector = files.PathOf("v.gguf");
        var run = files.PathOf("elicited");

        var made = await CommandRun.OfAsync("models", "steer", "--pairs", pairs, "-m", files.Model, "-o", vector, "--threads", "1");
        var arms = $"direct,steer:vector={vector},steer:vector={vector}/random,steer:vector={vector}/prefix,steer:vector={vector}/timing,cot-decoding:k=3";
        var evaluated = await CommandRun.OfAsync("eval", "-m", files.Model, "-p", files.Problems, "-a", arms, "--max-tokens", "8", "--run", run, "--threads", "1");

        Assert.Equal((ExitCodes.Success, ""), (made.ExitCode, made.Error));
        Assert.Contains("layer 1: norm", made.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Success, evaluated.ExitCode);
        var units = await File.ReadAllLinesAsync(Path.Combine(run, "units.jsonl"), TestContext.Current.CancellationToken);
        Assert.Equal(18, units.Length);
        Assert.DoesNotContain(units, unit => unit.Contains("\"error\":", StringComparison.Ordinal));
        Assert.Contains("file " + vector, await File.ReadAllTextAsync(Path.Combine(run, "run.json"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pairs_that_cannot_be_read_are_refused_by_line()
    {
        var pairs = files.PathOf("bad.jsonl");
        await File.WriteAllTextAsync(pairs, """{"positive": "a"}""", TestContext.Current.CancellationToken);

        var refused = await CommandRun.OfAsync("models", "steer", "--pairs", pairs, "-m", files.Model, "-o", files.PathOf("none.gguf"));

        Assert.Equal(ExitCodes.BadInput, refused.ExitCode);
        Assert.Contains(":1: 'negative' is missing", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_reference_can_change_metadata_and_a_wrong_change_is_refused_by_key()
    {
        var refused = await CommandRun.OfAsync("ask", "Hi", "-m", files.Model + "+set=llama.depth:4", "--threads", "1");

        Assert.Equal(ExitCodes.BadInput, refused.ExitCode);
        Assert.Contains("llama.depth", refused.Error, StringComparison.Ordinal);
    }
}
