using CognitiveTools.Latents;
using CognitiveTools.Llama.Chat;
using CognitiveTools.Llama.Engine;
using CognitiveTools.Llama.Gguf;
using CognitiveTools.Llama.Models;
using CognitiveTools.Prompts;
using CognitiveTools.Reasoners;
using CognitiveTools.Verbal;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Llama.Tests.Engine;

public sealed class InvalidPredictionTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0f)]
    [InlineData(0.8f)]
    public async Task A_model_of_NaN_is_an_error_of_the_request_and_not_an_empty_answer(float temperature)
    {
        using var model = TestModels.Load(1, new() { Gain = double.NaN });
        await using var engine = new LlamaEngine(model, new() { Threads = 1 });
        using var client = new LlamaChatClient(engine);
        ChatMessage[] question = [new(ChatRole.User, "What is 2 + 2?")];

        var error = await Assert.ThrowsAsync<InvalidPredictionException>(
            () => client.GetResponseAsync(question, new() { Temperature = temperature, Seed = 1 }, Token));

        Assert.Equal("tiny.gguf", error.Model);
        Assert.Contains("a logit is NaN", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<InvalidPredictionException>(async () =>
        {
            await foreach (var _ in client.GetStreamingResponseAsync(question, options: null, Token))
            {
            }
        });
    }

    [Fact]
    public async Task Zero_weights_predict_nothing_either()
    {
        using var folder = new TemporaryFolder();
        using var model = LlamaModel.Load(new() { Path = WithNorm(folder, 0) });
        await using var engine = new LlamaEngine(model, new() { Threads = 1 });

        var error = await Assert.ThrowsAsync<InvalidPredictionException>(
            () => engine.GenerateAsync(TestModels.Prompt(5), TestModels.Greedy(4), Token));

        Assert.Contains("all logits equal 0", error.Message, StringComparison.Ordinal);
        Assert.Equal(4, error.Position);
    }

    [Fact]
    public async Task Rows_of_NaN_fail_their_own_append_and_leave_the_engine_and_the_sequence_usable()
    {
        await using var engine = TestModels.Engine();
        using var sequence = engine.Begin();
        await sequence.AppendAsync(TestModels.Prompt(4), Token);
        var rows = new float[TestModels.Tiny.EmbeddingLength];
        Array.Fill(rows, float.NaN);

        var error = await Assert.ThrowsAsync<InvalidPredictionException>(async () => await sequence.AppendAsync(rows, Token));
        Assert.Equal((4, 4), (error.Position, sequence.Length));

        var after = await sequence.AppendAsync(TestModels.Prompt(1, 2), Token);
        Assert.All(after.Logits.ToArray(), logit => Assert.True(float.IsFinite(logit)));
        Assert.Equal(
            3, (await engine.GenerateAsync(TestModels.Prompt(6), new() { MaxTokens = 3, IgnoresEndOfTurn = true }, Token)).Tokens.Count);
    }

    [Fact]
    public async Task A_reasoner_on_such_a_model_fails_with_its_name()
    {
        using var model = TestModels.Load(1, new() { Gain = double.NaN });
        await using var engine = new LlamaEngine(model, new() { Threads = 1 });
        using var client = new LlamaChatClient(engine);

        var reasoning = await new PromptReasoner(client, PromptProfile.Embedded(), "cot")
            .SolveAsync(new Question("q", "What is 2 + 2?"), new SolveOptions { Budget = Budget.Default }, Token);

        Assert.Equal(StopReason.Failed, reasoning.Stop);
        Assert.Contains("tiny.gguf predicts nothing at position", reasoning.Error, StringComparison.Ordinal);
    }

    private static string WithNorm(TemporaryFolder folder, float norm)
    {
        using var original = GgufFile.Open(TestModels.Tiny.Path);
        var writer = new GgufWriter();
        foreach (var key in original.Metadata.Keys)
        {
            if (original.Metadata.TryGetValue(key, out var value))
                writer.Add(key, value);
        }

        foreach (var tensor in original.Tensors)
        {
            writer.AddTensor(tensor.Name, tensor.Type, tensor.Dimensions, (row, into) =>
            {
                using var rows = original.OpenTensor(tensor.Name);
                rows.ReadRow(row, into);
                if (tensor.Name == "output_norm.weight")
                    into.Fill(norm);
            });
        }

        var path = folder.File("flat.gguf");
        writer.Write(path);
        return path;
    }
}
