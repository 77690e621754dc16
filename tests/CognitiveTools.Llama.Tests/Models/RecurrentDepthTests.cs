using CognitiveTools.Llama.Engine;
using CognitiveTools.Llama.Gguf;
using CognitiveTools.Llama.Latents;
using CognitiveTools.Llama.Models;
using CognitiveTools.Llama.Steering;
using CognitiveTools.Steering;
using CognitiveTools.TestModels;

namespace CognitiveTools.Llama.Tests.Models;

public sealed class RecurrentDepthTests : IDisposable
{
    private const float Tolerance = 1e-2f; // the cache is F16

    private static readonly int[] Prompt = TestModels.Prompt(9);
    private readonly TemporaryFolder _folder = new();
    private readonly string _path;

    public RecurrentDepthTests()
    {
        TestModels.RequireArchitecture("hrm_text");
        _path = TinyHrmModel.Write(_folder.File("hrm.gguf"), seed: 5);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 3)]
    [InlineData(2, 1)]
    [InlineData(3, 2)]
    public async Task One_file_runs_at_the_depth_that_is_asked_for_and_says_what_the_equations_say(int high, int low)
    {
        using var model = Load(high, low);
        await using var engine = new LlamaEngine(model, new() { Threads = 1 });
        using var sequence = engine.Begin();
        using var reference = new HrmReference(_path);

        var logits = (await sequence.AppendAsync(Prompt, Token)).Logits.ToArray();

        var expected = reference.Logits(Prompt, high, low);
        Assert.InRange(Largest(expected, logits), 0, Tolerance);
        var shallow = reference.Logits(Prompt, 1, 1);
        if ((high, low) != (1, 1))
            Assert.True(Largest(expected, shallow) > 10 * Tolerance, "depth changes too little to tell");
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(4, 3)]
    public void The_cost_grows_with_the_passes_while_the_weights_stay_the_same(int high, int low)
    {
        using var model = Load(high, low);
        using var shallow = Load(1, 1);
        using var reader = new LayerReader(model, threads: 1);

        var passed = reader.Read(Prompt).Count;

        Assert.Equal(TinyHrmModel.LayersPerStack * high * (low + 1), passed);
        Assert.Equal(passed, model.LayerCount);
        Assert.Equal(shallow.ParameterCount, model.ParameterCount);
    }

    [Fact]
    public async Task Hidden_states_and_embedding_inputs_work_at_any_depth()
    {
        using var model = Load(2, 2);
        await using var engine = new LlamaEngine(model, new() { Threads = 1 });
        using var latent = await LlamaLatentModel.CreateAsync(engine, Token);
        Assert.True(latent.Parity.Passed);
        Assert.Equal(1, latent.Parity.Scale, 3); // llama.cpp scales embedding inputs of this architecture itself
    }

    [Theory]
    [InlineData("hrm_text.hrm.h_cycles", "2", "override all of them together")]
    [InlineData("hrm_text.block_count", "5", "override all of them together")]
    [InlineData("hrm_text.hrm.l_cycles", "0", "must lie between")]
    [InlineData("hrm_text.hrm.cycles", "2", "the file has no such key")]
    [InlineData("hrm_text.hrm.h_cycles", "two", "'two' cannot take the place of 1, which the file has")]
    [InlineData("hrm_text.hrm.h_cycles", "-1", "Give a whole number from 0 to 4294967295.")]
    [InlineData("tokenizer.ggml.tokens", "a", "'a' cannot take the place of the list, which the file has")]
    [InlineData("tokenizer.chat_template", "x", "a chat template is not read from overrides")]
    public void An_override_that_does_not_fit_is_refused_before_llama_cpp_sees_it(string key, string value, string reason)
    {
        var options = new LlamaModelOptions { Path = _path };
        options.Overrides.Add(new(key, value));

        Assert.Contains(reason, Assert.Throws<GgufException>(() => LlamaModel.Load(options)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Numbers_flags_and_texts_can_be_overridden_too()
    {
        var options = new LlamaModelOptions { Path = _path };
        options.Overrides.Add(new("hrm_text.embedding_scale", "3"));
        options.Overrides.Add(new("tokenizer.ggml.add_bos_token", "false"));
        options.Overrides.Add(new("general.name", "other"));
        using var model = LlamaModel.Load(options);
        await using var engine = new LlamaEngine(model, new() { Threads = 1 });
        using var sequence = engine.Begin();
        using var reference = new HrmReference(_path);

        var logits = (await sequence.AppendAsync(Prompt, Token)).Logits.ToArray();

        Assert.InRange(Largest(reference.Logits(Prompt, 1, 1, embeddingScale: 3), logits), 0, Tolerance);
        Assert.True(Largest(reference.Logits(Prompt, 1, 1), logits) > 10 * Tolerance);
        Assert.Equal(
            TestModels.Tiny.Tokenizer.Encode("the", addSpecial: true, parseSpecial: false)[1..],
            model.Tokenizer.Encode("the", addSpecial: true, parseSpecial: false));
    }

    private static float Largest(float[] a, float[] b) => a.Zip(b, (x, y) => Math.Abs(x - y)).Max();

    private LlamaModel Load(int high, int low) => LlamaModel.Load(TinyHrmModel.AtDepth(_path, TinyHrmModel.LayersPerStack, high, low));
}
