using System.Numerics.Tensors;
using CognitiveTools.Latents;
using CognitiveTools.Models.Catalog;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace CoconutLoop;

/// <summary>
/// Reasoning in a continuous space (Coconut: Hao and others 2024, arXiv 2412.06769) from prompt to answer, to read from top to bottom.
/// A language model predicts a token, and the token's embedding is the next input: all that the model computed at that position is
/// squeezed through one word. Coconut feeds the last hidden state back instead, for a few steps, and lets the model speak afterwards.
/// The model here, <c>mini-coconut</c>, was trained that way on small problems.
/// </summary>
/// <remarks>
/// Not here, and in <c>LatentReasoner</c>: budgets, rules other than plain feedback, several trajectories, a trace, controls.
/// <code>dotnet run --project samples/CoconutLoop -c Release -- "Find 3*4^2 mod 5."</code>
/// </remarks>
internal static class Coconut
{
    private const int Thoughts = 6; // as many as the model was trained with
    private const int LongestAnswer = 32;

    public static async Task Main(string[] args) => await RunAsync(args is [var question] ? question : "Find 3*4^2 mod 5.", Console.Out);

    public static async Task RunAsync(string question, TextWriter output)
    {
        // 1. The model: AddLlama registers an engine over the weights, and the view of it that shows hidden states and takes embeddings.
        var path = new ModelStore(ModelCatalog.Load()).Require("mini-coconut").Path;
        await using var services = new ServiceCollection()
            .AddLlama(llama => llama.Path = path, engine => engine.Threads = 1)
            .BuildServiceProvider();
        var model = services.GetRequiredService<ILatentModel>();

        // 2. The prompt as tokens. Training put the thoughts between two marks, so the prompt ends with the first of them.
        var begin = Mark(model, "<|start-latent|>");
        var end = Mark(model, "<|end-latent|>");
        int[] prompt = [.. model.Tokenizer.EncodeChat([new(ChatRole.System, "latent"), new(ChatRole.User, question)]), begin];

        // 3. Prefill: all of the prompt goes through the network once. What comes back belongs to its last position: the hidden
        //    state behind the final norm (EmbeddingLength floats) and the logits of the next token (VocabularySize floats).
        await using var sequence = model.Begin();
        var prediction = await sequence.AppendAsync(prompt);
        await output.WriteLineAsync($"prompt: {prompt.Length} positions");

        // 4. The thoughts. The hidden state is one row as wide as an embedding, so it can be the next input as it is. The keys and
        //    values of every thought stay in the cache, so later positions attend to it as they attend to words.
        //    The logits are there at each step too. Nobody samples from them; the nearest token is printed only to look inside.
        for (var i = 0; i < Thoughts; i++)
        {
            var nearest = TensorPrimitives.IndexOfMax(prediction.Logits.Span);
            await output.WriteLineAsync($"thought {i}: nearest token '{model.Tokenizer.Describe(nearest)}'");
            prediction = await sequence.AppendAsync(prediction.Hidden); // floats, not tokens: the whole method is this line
        }

        // 5. The second mark tells the model that words follow.
        prediction = await sequence.AppendAsync(new[] { end });

        // 6. The answer, decoded greedily: the most probable token is said and becomes the next input, until the model ends its turn.
        //    (ILatentSequence.ContinueAsync does this with a sampler, inside the engine.)
        var answer = new List<int>();
        while (answer.Count < LongestAnswer)
        {
            var token = TensorPrimitives.IndexOfMax(prediction.Logits.Span);
            if (model.Tokenizer.IsEndOfTurn(token))
                break;
            answer.Add(token);
            prediction = await sequence.AppendAsync(new[] { token });
        }

        await output.WriteLineAsync($"answer: {model.Tokenizer.Decode(answer).Trim()}");
        await output.WriteLineAsync($"cost: {sequence.Length} positions, {Thoughts} of them thoughts");
    }

    private static int Mark(ILatentModel model, string text) =>
        model.Tokenizer.Find(text) ?? throw new InvalidOperationException($"No token {text}: take a model trained with thoughts.");
}
