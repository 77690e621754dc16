using System.Numerics.Tensors;
using CognitiveTools.Latents;
using CognitiveTools.Llama.Engine;
using CognitiveTools.Llama.Models;

namespace CognitiveTools.Llama.Latents;

/// <summary>
/// Feeds a prompt once as tokens and once as the embeddings of these tokens. Equal logits prove scale, row width,
/// positions and unpacking at once; some model families scale only one of the two inputs, and a list of them would not stay
/// complete, so each model is measured.
/// </summary>
internal static class EmbeddingParity
{
    private const int Positions = 64;

    private const string Text =
        "The quick brown fox jumps over the lazy dog while 17 + 25 = 42 and the sum of the first n odd numbers is n squared. "
        + "Reasoning needs steps: understand the question, recall what is related, examine the answer, and go back when it fails.";

    /// <summary>Measures a model, and sets the scale of its embeddings to the best fit.</summary>
    /// <exception cref="NotSupportedException">The model does not take embeddings of the token matrix's shape.</exception>
    /// <exception cref="InvalidPredictionException">The model computed no usable logits.</exception>
    public static async Task<EmbeddingParityReport> MeasureAsync(LlamaEngine engine, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(engine);
        using var embeddings = LlamaTokenEmbeddings.Open(engine.Model);
        return await MeasureAsync(engine, embeddings, cancellationToken).ConfigureAwait(false);
    }

    internal static async Task<EmbeddingParityReport> MeasureAsync(
        LlamaEngine engine, LlamaTokenEmbeddings embeddings, CancellationToken cancellationToken)
    {
        engine.Model.RequireOnePositionPerRow();
        var prompt = Prompt(engine);
        EmbeddingParityReport? best = null;
        foreach (var scale in Scales(engine.Model))
        {
            embeddings.Scale = scale;
            var report = await engine.RunExclusiveAsync(
                (context, batch, lane) => Compare(context, batch, lane, prompt, embeddings, Path.GetFileName(engine.Model.Path)),
                cancellationToken).ConfigureAwait(false);
            if (best is null || report.MaxLogitDifference < best.MaxLogitDifference)
                best = report;
            if (report.Passed)
                break;
        }

        embeddings.Scale = best!.Scale;
        return best;
    }

    // For the Gemma family, llama.cpp scales the token input but not the embedding input.
    private static IEnumerable<float> Scales(LlamaModel model)
    {
        var architecture = model.Metadata("general.architecture") ?? "";
        List<float> scales = [1, MathF.Sqrt(model.EmbeddingLength)];
        if (architecture.StartsWith("gemma", StringComparison.Ordinal))
            scales.Reverse();
        if (float.TryParse(model.Metadata($"{architecture}.embedding_scale"), out var own) && own > 0)
            scales.Add(own);
        return scales.Distinct();
    }

    private static int[] Prompt(LlamaEngine engine)
    {
        var tokenizer = engine.Model.Tokenizer;
        var text = tokenizer.Encode(Text);
        var length = Math.Min(Positions, engine.ContextLength);
        IEnumerable<int> start = tokenizer.AddsBeginning ? [tokenizer.Beginning.Value] : [];
        return [.. start.Concat(Enumerable.Range(0, length).Select(i => text[i % text.Length])).Take(length)];
    }

    private static EmbeddingParityReport Compare(
        NativeContext context, BatchBuffer batch, SequenceId lane, int[] prompt, LlamaTokenEmbeddings embeddings, string model)
    {
        var row = new float[embeddings.Length];
        var logits = new float[context.VocabularySize];
        var (agreeing, difference) = (0, 0f);
        var expected = new float[Math.Min(prompt.Length, batch.Capacity)][];
        for (var chunk = 0; chunk < prompt.Length; chunk += expected.Length)
        {
            // Each path starts from the same cache: the chunk is forwarded as tokens, removed, and forwarded again.
            var rows = Math.Min(expected.Length, prompt.Length - chunk);
            batch.Clear(isEmbedding: false);
            for (var i = 0; i < rows; i++)
                batch.Add(prompt[chunk + i], chunk + i, lane, output: true);
            Run(context, batch);
            for (var i = 0; i < rows; i++)
            {
                expected[i] = context.Logits(i).ToArray();
                var (most, least) = (TensorPrimitives.Max<float>(expected[i]), TensorPrimitives.Min<float>(expected[i]));
                if (InvalidPredictionException.ProblemOf(most, least) is { } problem)
                    throw new InvalidPredictionException(model, chunk + i, problem);
            }

            context.Truncate(lane, chunk);

            batch.Clear(isEmbedding: true);
            for (var i = 0; i < rows; i++)
            {
                embeddings.CopyRow(prompt[chunk + i], row);
                batch.Add(row, chunk + i, lane, output: true);
            }

            Run(context, batch);
            for (var i = 0; i < rows; i++)
            {
                var actual = context.Logits(i);
                TensorPrimitives.Subtract(actual, expected[i], logits);
                difference = Math.Max(difference, Math.Abs(TensorPrimitives.MaxMagnitude<float>(logits)));
                agreeing += TensorPrimitives.IndexOfMax(actual) == TensorPrimitives.IndexOfMax<float>(expected[i]) ? 1 : 0;
            }
        }

        return new(prompt.Length, agreeing, difference, embeddings.Scale);
    }

    private static void Run(NativeContext context, BatchBuffer batch)
    {
        var code = context.Decode(batch, hidden: false);
        if (code != 0)
            throw new InvalidOperationException(
                $"llama.cpp could not decode the parity prompt (code {code}).{Binding.NativeLog.Errors} "
                + "Lower the load on the engine or use another model.");
    }
}
