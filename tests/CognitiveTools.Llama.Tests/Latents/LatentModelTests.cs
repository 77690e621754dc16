using System.Numerics.Tensors;
using CognitiveTools.Latents;
using CognitiveTools.Llama.Gguf;
using CognitiveTools.Llama.Latents;
using CognitiveTools.Llama.Models;
using CognitiveTools.TestModels;

namespace CognitiveTools.Llama.Tests.Latents;

public sealed class LatentModelTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(nameof(GgufTensorType.F32))]
    [InlineData(nameof(GgufTensorType.F16))]
    [InlineData(nameof(GgufTensorType.Q8_0))]
    public async Task Embeddings_of_tokens_give_the_logits_of_the_tokens(string type)
    {
        using var model = TestModels.Load(5, new() { Type = Enum.Parse<GgufTensorType>(type) });
        await using var engine = new Llama.Engine.LlamaEngine(model, new() { Threads = 1 });
        var parity = await EmbeddingParity.MeasureAsync(engine, Token);
        Assert.True(parity.Passed, parity.ToString());
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
        Assert.InRange(TensorPrimitives.Distance(expected.Logits.Span, actual.Logits.Span), 0, 1e-3f);
        Assert.InRange(TensorPrimitives.Distance(expected.Hidden.Span, actual.Hidden.Span), 0, 1e-3f);
        Assert.Equal(
            (await verbal.ContinueAsync(new() { MaxTokens = 6 }, Token)).Tokens,
            (await latent.ContinueAsync(new() { MaxTokens = 6 }, Token)).Tokens);
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

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Output_rows_turn_the_hidden_state_into_the_logits(bool tied)
    {
        using var loaded = TestModels.Load(7, new() { Tied = tied });
        await using var engine = new Llama.Engine.LlamaEngine(loaded, new() { Threads = 1 });
        using var model = await LlamaLatentModel.CreateAsync(engine, Token);
        await using var sequence = model.Begin();
        var prediction = await sequence.AppendAsync(TestModels.Prompt(8), Token);
        var (input, output) = (new float[model.EmbeddingLength], new float[model.EmbeddingLength]);

        for (var token = 0; token < model.VocabularySize; token++)
        {
            model.OutputEmbeddings.CopyRow(token, output);
            Assert.Equal(prediction.Logits.Span[token], TensorPrimitives.Dot<float>(output, prediction.Hidden.Span), 0.01f);
        }

        model.Embeddings.CopyRow(300, input);
        model.OutputEmbeddings.CopyRow(300, output);
        Assert.Equal(tied, input.AsSpan().SequenceEqual(output));
    }

    [Fact]
    public async Task The_end_of_a_turn_is_known_by_its_token()
    {
        await using var engine = TestModels.Engine();
        using var model = await LlamaLatentModel.CreateAsync(engine, Token);

        Assert.True(model.Tokenizer.IsEndOfTurn(TinyVocabulary.TurnEnd));
        Assert.False(model.Tokenizer.IsEndOfTurn(TinyVocabulary.TurnStart));
    }

    // The rows are read from the file: another model's file in its place is what a wrong scale or layout would look like.
    [Fact]
    public async Task A_model_whose_embedding_input_is_not_its_token_input_is_refused_with_the_remedy()
    {
        using var folder = new TemporaryFolder();
        var path = TinyModel.Write(folder.File("m.gguf"), 1);
        using var model = LlamaModel.Load(new() { Path = path, MemoryMap = false });
        await using var engine = new Llama.Engine.LlamaEngine(model, new() { Threads = 1 });
        TinyModel.Write(path, 2);

        var refusal = await Assert.ThrowsAsync<NotSupportedException>(() => LlamaLatentModel.CreateAsync(engine, Token));

        Assert.Contains("fails the embedding parity test", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("Use it verbally", refusal.Message, StringComparison.Ordinal);
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
