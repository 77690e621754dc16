using CognitiveTools.Llama.Chat;
using CognitiveTools.Llama.Engine;
using CognitiveTools.Llama.Facts;
using CognitiveTools.Llama.Models;
using CognitiveTools.Llama.Sampling;
using CognitiveTools.TestModels;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Llama.Tests.Sampling;

/// <summary>The sampling that a file recommends, and the penalties.</summary>
public sealed class ModelSamplingTests
{
    private static readonly ChatMessage[] Hello = [new(ChatRole.User, "Question of the answer")];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Penalties_forget_tokens_that_were_taken_back()
    {
        var sampling = EffectiveSampling.Of(new() { Temperature = 0, PresencePenalty = 5 }, TestModels.Tiny.Sampling);
        using var sampler = new TokenSampler(sampling, constraint: null, TestModels.Tiny.Tokenizer, textLength: 50);
        var logits = new float[TestModels.Tiny.Tokenizer.Count];
        (logits[300], logits[301], logits[302]) = (3, 2, 1);

        Assert.Equal([300, 301, 302], Enumerable.Range(0, 3).Select(_ => sampler.Sample(logits)!.Value.Value));
        sampler.Remember([302]);
        Assert.Equal([300, 301], Enumerable.Range(0, 2).Select(_ => sampler.Sample(logits)!.Value.Value));
        Assert.DoesNotContain(sampler.Sample(logits)!.Value.Value, (int[])[300, 301, 302]);
    }

    [Fact]
    public async Task Without_a_temperature_the_files_recommendation_is_used_and_a_given_value_replaces_it()
    {
        using var model = TestModels.Load(1, new() { Metadata = Recommend(1.5f, topK: 40, topP: 0.9f) });
        await using var engine = new LlamaEngine(model, new() { Threads = 1 });
        using var client = new LlamaChatClient(engine);

        var recommended = await AskAsync(new() { Seed = 3 });
        Assert.Equal(await AskAsync(new() { Seed = 3, Temperature = 1.5f, TopK = 40, TopP = 0.9f }), recommended);
        Assert.NotEqual(await AskAsync(new() { Seed = 3, Temperature = 1.5f, TopK = 2, TopP = 1 }), recommended);
        Assert.NotEqual(await AskAsync(new() { Seed = 4 }), recommended);
        var greedy = await AskAsync(new() { Temperature = 0, Seed = 3 });
        Assert.Equal(greedy, await AskAsync(new() { Temperature = 0, Seed = 4 }));
        Assert.NotEqual(greedy, recommended);

        async Task<string> AskAsync(ChatOptions options)
        {
            options.MaxOutputTokens = 24;
            return (await client.GetResponseAsync(Hello, options, Token)).Text;
        }
    }

    [Fact]
    public async Task Without_a_recommendation_the_answer_is_greedy()
    {
        await using var engine = TestModels.Engine();
        using var client = new LlamaChatClient(engine);
        var texts = new List<string>();
        foreach (var options in (ChatOptions[])[new() { Seed = 1 }, new() { Seed = 2 }, new() { Temperature = 0 }])
        {
            options.MaxOutputTokens = 16;
            texts.Add((await client.GetResponseAsync(Hello, options, Token)).Text);
        }

        Assert.Single(texts.Distinct());
    }

    [Fact]
    public async Task A_recommendation_of_top_k_alone_leaves_decoding_greedy()
    {
        using var model = TestModels.Load(1, new() { Metadata = [("general.sampling.top_k", 20)] });
        await using var engine = new LlamaEngine(model, new() { Threads = 1 });
        var options = new GenerationOptions { MaxTokens = 16, Sampling = new() { Seed = 5 } };
        Assert.Equal(
            (await engine.GenerateAsync(TestModels.Prompt(6), TestModels.Greedy(16), Token)).Tokens,
            (await engine.GenerateAsync(TestModels.Prompt(6), options, Token)).Tokens);
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(2f)]
    public async Task A_presence_penalty_keeps_tokens_from_coming_again(float temperature)
    {
        await using var engine = TestModels.Engine();
        var options = new GenerationOptions
        {
            MaxTokens = 60,
            IgnoresEndOfTurn = true,
            Sampling = new() { Temperature = temperature, PresencePenalty = 1000, Seed = 1 },
        };

        var spared = await engine.GenerateAsync(TestModels.Prompt(6), options, Token);
        var plain = await engine.GenerateAsync(
            TestModels.Prompt(6), options with { Sampling = options.Sampling with { PresencePenalty = 0 } }, Token);

        Assert.Equal(60, spared.Tokens.Distinct().Count());
        Assert.True(plain.Tokens.Distinct().Count() < 60, "without the penalty no token repeats, so the test shows nothing");
    }

    [Fact]
    public async Task A_presence_penalty_of_the_chat_options_reaches_the_engine()
    {
        await using var engine = TestModels.Engine();
        using var client = new LlamaChatClient(engine);
        var options = new ChatOptions { Temperature = 0, MaxOutputTokens = 40 };
        var plain = await client.GetResponseAsync(Hello, options, Token);
        options.PresencePenalty = 1000;
        Assert.NotEqual(plain.Text, (await client.GetResponseAsync(Hello, options, Token)).Text);
        options.PresencePenalty = float.NaN;
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => client.GetResponseAsync(Hello, options, Token));
    }

    [Fact]
    public async Task The_files_repetition_penalty_is_part_of_its_recommendation_and_not_of_greedy_decoding()
    {
        using var model = TestModels.Load(1, new()
        {
            Metadata = [("general.sampling.penalty_repeat", 50f), ("general.sampling.penalty_last_n", 100)],
        });
        await using var engine = new LlamaEngine(model, new() { Threads = 1 });
        var options = new GenerationOptions { MaxTokens = 40, IgnoresEndOfTurn = true };

        var asked = await engine.GenerateAsync(TestModels.Prompt(6), options with { Sampling = new() }, Token);
        var greedy = await engine.GenerateAsync(TestModels.Prompt(6), options, Token);

        Assert.True(asked.Tokens.Distinct().Count() > greedy.Tokens.Distinct().Count());
        Assert.Equal(
            (await TinyGreedyAsync(options)).Tokens, greedy.Tokens);
    }

    [Fact]
    public void What_cannot_be_used_is_listed_and_has_no_effect()
    {
        using var model = TestModels.Load(1, new()
        {
            Metadata =
            [
                ("general.sampling.temp", -1f),
                ("general.sampling.top_p", 7f),
                ("general.sampling.min_p", "many"),
                ("general.sampling.top_k", 64),
                ("general.sampling.mirostat", 2),
                ("general.sampling.sequence", "kpt"),
            ],
        });

        var facts = LlamaDoctor.InspectModel(model);

        Assert.Equal([KeyValuePair.Create("top_k", "64")], facts.Sampling);
        Assert.Equal(
            [
                "general.sampling.temp = -1", "general.sampling.top_p = 7", "general.sampling.min_p = many",
                "general.sampling.mirostat = 2", "general.sampling.sequence = kpt",
            ],
            facts.UnusedSampling);
    }

    [Fact]
    public void An_override_replaces_the_files_value()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("cogtools-").FullName, "tiny.gguf");
        TinyModel.Write(path, 1, new() { Metadata = Recommend(1, 20, 0.9f) });
        var options = new LlamaModelOptions { Path = path };
        options.Overrides.Add(new("general.sampling.temp", "0.25"));
        using var model = LlamaModel.Load(options);
        Assert.Equal((0.25f, 20, 0.9f), (model.Sampling.Temperature, model.Sampling.TopK, model.Sampling.TopP));
    }

    private static async Task<Generation> TinyGreedyAsync(GenerationOptions options)
    {
        await using var engine = TestModels.Engine();
        return await engine.GenerateAsync(TestModels.Prompt(6), options, Token);
    }

    private static (string Key, object Value)[] Recommend(float temperature, int topK, float topP) =>
        [("general.sampling.temp", temperature), ("general.sampling.top_k", topK), ("general.sampling.top_p", topP)];
}
