using CognitiveTools.Latents;
using CognitiveTools.Llama.Gguf;
using CognitiveTools.Llama.Latents;

namespace CognitiveTools.Llama.Tests.Latents;

public sealed class LatentModelTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(GgufTensorType.F32)]
    [InlineData(GgufTensorType.F16)]
    [InlineData(GgufTensorType.Q8_0)]
    public async Task Embeddings_of_tokens_give_the_logits_of_the_tokens(GgufTensorType type)
    {
        using var model = TestModels.Load(5, new() { Type = type });
        await using var engine = new Llama.Engine.LlamaEngine(model, new() { Threads = 1 });
        var parity = await EmbeddingParity.MeasureAsync(engine, Token);
        Assert.True(parity.Passed);
        Assert.Equal((64, 64), (parity.Positions, parity.Agreeing));
        Assert.InRange(parity.MaxLogitDifference, 0, 1e-3f);
    }

    [Fact]
    public async Task A_sequence_fed_with_embeddings_predicts_what_the_tokens_predict()
    {
        await using var engine = TestModels.Engine();
        using var model = await LlamaLatentModel.CreateAsync(engine, Token);
        var prompt = TestModels.Prompt(10);
        var rows = new float[prompt.Length * model.EmbeddingLength];
        for (var i = 0; i < prompt.Length; i++)
            model.Embeddings.CopyRow(prompt[i], rows.AsSpan(i * model.EmbeddingLength));
        await using var verbal = model.Begin();
        await using var latent = model.Begin();

        var expected = await verbal.AppendAsync(prompt, Token);
        var before = engine.Counters.Embeddings;
        var actual = await latent.AppendAsync(rows, Token);

        Assert.Equal(10, engine.Counters.Embeddings - before);
        Assert.Equal(model.EmbeddingLength, actual.Hidden.Length);
        Assert.InRange(System.Numerics.Tensors.TensorPrimitives.Distance(expected.Logits.Span, actual.Logits.Span), 0, 1e-3f);
        Assert.InRange(System.Numerics.Tensors.TensorPrimitives.Distance(expected.Hidden.Span, actual.Hidden.Span), 0, 1e-3f);
        Assert.Equal((await verbal.ContinueAsync(new() { MaxTokens = 6 }, Token)).Tokens, (await latent.ContinueAsync(new() { MaxTokens = 6 }, Token)).Tokens);
    }

    [Fact]
    public async Task Hidden_states_can_be_fed_back_and_verbal_callers_run_beside_it()
    {
        await using var engine = TestModels.Engine();
        using var model = await LlamaLatentModel.CreateAsync(engine, Token);
        var chat = engine.GenerateAsync(TestModels.Prompt(9), TestModels.Greedy(12), Token);
        var thinking = Enumerable.Range(0, 4).Select(async i =>
        {
            await using var sequence = model.Begin();
            var prediction = await sequence.AppendAsync(TestModels.Prompt(6, i), Token);
            for (var step = 0; step < 5; step++)
                prediction = await sequence.AppendAsync(prediction.Hidden, Token);
            return sequence.Length;
        });
        Assert.All(await Task.WhenAll(thinking), static length => Assert.Equal(11, length));
        Assert.NotEmpty((await chat).Tokens);
        Assert.Equal(4 * 5, engine.Counters.Embeddings); // the parity measurement is not counted
    }

    [Fact]
    public async Task Norms_are_those_of_the_rows()
    {
        await using var engine = TestModels.Engine();
        using var embeddings = LlamaTokenEmbeddings.Open(engine.Model);
        var row = new float[embeddings.Length];
        double sum = 0, squares = 0;
        for (var token = 0; token < embeddings.Count; token++)
        {
            embeddings.CopyRow(token, row);
            var norm = Math.Sqrt(row.Sum(static x => (double)x * x));
            sum += norm;
            squares += norm * norm;
        }

        Assert.Equal(sum / embeddings.Count, embeddings.MeanNorm, 4);
        Assert.Equal(Math.Sqrt(squares / embeddings.Count), embeddings.RootMeanSquareNorm, 4);
        Assert.Throws<ArgumentOutOfRangeException>(() => embeddings.CopyRow(embeddings.Count, row));
    }
}
