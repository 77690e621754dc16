using System.Text.Json;
using CognitiveTools.Evals.Runs;
using CognitiveTools.Llama.Gguf;
using CognitiveTools.Llama.Steering;

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
        string[] controls = ["", "/random", "/prefix", "/timing"];
        var arms = $"direct,{string.Join(',', controls.Select(control => $"steer:vector={vector}{control}"))},cot-decoding:k=3";
        var evaluated = await CommandRun.OfAsync(
            "eval", "-m", files.Model, "-p", files.Problems, "-a", arms, "--max-tokens", "8", "--run", run, "--threads", "1");

        Assert.Equal((ExitCodes.Success, ""), (made.ExitCode, made.Error));
        Assert.Contains("layer 1: norm", made.Output, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Success, evaluated.ExitCode);
        var units = await File.ReadAllLinesAsync(Path.Combine(run, "units.jsonl"), TestContext.Current.CancellationToken);
        Assert.Equal(18, units.Length);
        Assert.DoesNotContain(units, unit => unit.Contains("\"error\":", StringComparison.Ordinal));
        var facts = RunResult.Load(run).Header.Facts!;
        Assert.Equal([vector], facts.Of($"steer:vector={vector}")!.Files.Keys);
        Assert.Empty(facts.Of("direct")!.Files);
    }

    [Fact]
    public async Task A_base_model_and_its_adapter_are_compared_in_one_run_whose_header_tells_them_apart()
    {
        var adapter = files.PathOf("tuned.gguf");
        var random = new Random(3);
        void Fill(Span<float> row)
        {
            foreach (ref var value in row)
                value = (float)(random.NextDouble() * 4 - 2);
        }

        new GgufWriter().Add("general.type", "adapter").Add("general.architecture", "llama").Add("adapter.type", "lora").Add(
            "adapter.lora.alpha", 4f)
            .AddTensor("blk.1.ffn_down.weight.lora_a", GgufTensorType.F32, [64, 4], (_, row) => Fill(row))
            .AddTensor("blk.1.ffn_down.weight.lora_b", GgufTensorType.F32, [4, 32], (_, row) => Fill(row))
            .Write(adapter);
        var suite = files.PathOf("tuned.yaml");
        await File.WriteAllTextAsync(suite, $$"""
            problems: {{files.Problems}}
            budget: {tokensPerTurn: 8}
            arms:
              - {name: base, reasoner: direct}
              - {name: tuned, reasoner: direct, model: {{files.Model}}+lora={{adapter}}@0.5}
              - {name: untuned, reasoner: direct, model: {{files.Model}}+lora={{adapter}}@0}
            """, TestContext.Current.CancellationToken);
        var run = files.PathOf("tuned-run");

        var evaluated = await CommandRun.OfAsync("eval", "--suite", suite, "-m", files.Model, "--run", run, "--threads", "1");

        Assert.Equal((ExitCodes.Success, ""), (evaluated.ExitCode, evaluated.ExitCode == ExitCodes.Success ? "" : evaluated.Error));
        var texts = (await File.ReadAllLinesAsync(Path.Combine(run, "units.jsonl"), TestContext.Current.CancellationToken))
            .Select(line => JsonDocument.Parse(line).RootElement)
            .OrderBy(unit => unit.GetProperty("problem").GetString(), StringComparer.Ordinal)
            .GroupBy(unit => unit.GetProperty("arm").GetString()!, unit => Said(run, unit), StringComparer.Ordinal)
            .ToDictionary(arm => arm.Key, arm => arm.ToArray(), StringComparer.Ordinal);
        Assert.Equal(texts["base"], texts["untuned"]);
        Assert.NotEqual(texts["base"], texts["tuned"]);
        var facts = RunResult.Load(run).Header.Facts!;
        string[] scales =
        [
            .. new[] { "tuned", "untuned" }.Select(arm => Assert.Single(Assert.Single(facts.Of(arm)!.Models).Changes).Value),
        ];
        Assert.Equal(["0.5", "0"], scales);
        Assert.Empty(Assert.Single(facts.Of("base")!.Models).Changes);
    }

    [Fact]
    public async Task A_feature_of_an_autoencoder_becomes_a_vector_of_its_layer()
    {
        var (sae, vector) = (files.PathOf("sae.gguf"), files.PathOf("feature.gguf"));
        var code = Code();
        code.Write(sae, "test");

        var made = await SteerAsync(vector, "--sae", sae, "--feature", "3");

        Assert.Equal((ExitCodes.Success, ""), (made.ExitCode, made.Error));
        Assert.Contains("feature 3 of 5", made.Output, StringComparison.Ordinal);
        var read = ControlVectorFile.Read(vector);
        Assert.Equal([1], read.Layers);
        Assert.Equal(code.Decoder.AsSpan(3 * 32, 32), read.Direction(1));
    }

    [Theory]
    [InlineData("--sae SAE", "--feature")]
    [InlineData("--sae SAE --feature 5", "0 to 4")]
    [InlineData("--sae SAE --feature 1 --last-layer 1", "--last-layer")]
    [InlineData("--sae DEEP --feature 1", "layer 9")]
    [InlineData("--sae MODEL --feature 1", "sparse-autoencoder")]
    [InlineData("", "--sae")]
    public async Task What_is_wrong_about_a_feature_is_named(string arguments, string named)
    {
        var (sae, deep) = (files.PathOf("right.gguf"), files.PathOf("deep.gguf"));
        Code().Write(sae, "test");
        (Code() with { Layer = 9 }).Write(deep, "test");
        string[] words = [.. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => word switch
        {
            "SAE" => sae,
            "DEEP" => deep,
            "MODEL" => files.Model,
            _ => word,
        })];

        var refused = await SteerAsync(files.PathOf("refused.gguf"), words);

        Assert.Equal(ExitCodes.BadInput, refused.ExitCode);
        Assert.Contains(named, refused.Error, StringComparison.Ordinal);
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

    private Task<CommandRun> SteerAsync(string vector, params string[] arguments) =>
        CommandRun.OfAsync(["models", "steer", .. arguments, "-m", files.Model, "-o", vector, "--threads", "1"]);

    private static SparseAutoencoder Code()
    {
        var random = new Random(5);
        return new SparseAutoencoder(1, 2, 32, Draw(5 * 32), Draw(5), Draw(5 * 32), Draw(32));

        float[] Draw(int count) => [.. Enumerable.Range(0, count).Select(_ => (float)random.NextDouble())];
    }

    private static string Said(string run, JsonElement unit)
    {
        using var transcript = JsonDocument.Parse(
            File.ReadAllText(Path.Combine(run, "transcripts", unit.GetProperty("transcript").GetString() + ".json")));
        return transcript.RootElement.GetProperty("reasoning").GetProperty("answer").GetString()!;
    }
}
