using System.Numerics.Tensors;
using CognitiveTools.Latents;
using CognitiveTools.Llama.Engine;
using CognitiveTools.Llama.Models;

namespace CognitiveTools.Llama.Latents;

/// <summary>
/// Feeds a prompt once as tokens and once as the embeddings of these tokens. Equal logits prove scale, row width,
/// positions and unpacking at once; some model families scale only one of the two inputs, and a list of them would not stay
/// complete, so each model is measured. The embeddings go the way of a latent step, with hidden states asked for: a graph may leave out the
/// logits then.
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
        engine.Model.RequireEmbeddings();
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

    // Both paths start from an empty lane, because a recurrent state cannot be taken back.
    private static EmbeddingParityReport Compare(
        NativeContext context, BatchBuffer batch, SequenceId lane, int[] prompt, LlamaTokenEmbeddings embeddings, string model)
    {
        var expected = new float[prompt.Length][];
        Run(context, batch, lane, prompt, embeddings: null, (position, logits) =>
        {
            expected[position] = logits.ToArray();
            var (most, least) = (TensorPrimitives.Max<float>(expected[position]), TensorPrimitives.Min<float>(expected[position]));
            if (InvalidPredictionException.ProblemOf(most, least) is { } problem)
                throw new InvalidPredictionException(model, position, problem);
            logits.Fill(float.NaN); // a graph that computes no logits leaves these here
        });
        context.Truncate(lane, 0);

        var difference = new float[context.VocabularySize];
        var (agreeing, most, computed) = (0, 0f, 0);
        Run(context, batch, lane, prompt, embeddings, (position, logits) =>
        {
            if (float.IsNaN(logits[0]) || TensorPrimitives.Max<float>(logits) == TensorPrimitives.Min<float>(logits))
                return;
            computed++;
            TensorPrimitives.Subtract(logits, expected[position], difference);
            most = Math.Max(most, Math.Abs(TensorPrimitives.MaxMagnitude<float>(difference)));
            agreeing += TensorPrimitives.IndexOfMax<float>(logits) == TensorPrimitives.IndexOfMax<float>(expected[position]) ? 1 : 0;
        });
        return new(prompt.Length, agreeing, most, embeddings.Scale) { HasLogits = computed == prompt.Length };
    }

    private static unsafe void Run(
        NativeContext context, BatchBuffer batch, SequenceId lane, int[] prompt, LlamaTokenEmbeddings? embeddings, LogitsReader read)
    {
        var row = new float[embeddings?.Length ?? 0];
        for (var chunk = 0; chunk < prompt.Length; chunk += batch.RowCount)
        {
            batch.Clear(isEmbedding: embeddings is not null);
            for (var position = chunk; position < Math.Min(prompt.Length, chunk + batch.Capacity); position++)
            {
                embeddings?.CopyRow(prompt[position], row);
                _ = embeddings is null
                    ? batch.Add(prompt[position], position, lane, output: true)
                    : batch.Add(row, position, lane, output: true);
            }

            if (context.Decode(batch, hidden: embeddings is not null) is not 0 and var code)
                throw new InvalidOperationException(
                    $"llama.cpp could not decode the parity prompt (code {code}).{Binding.NativeLog.Errors} "
                    + "Lower the load on the engine or use another model.");
            for (var i = 0; i < batch.RowCount; i++)
                read(chunk + i, new Span<float>(context.LogitsPointer(i), context.VocabularySize));
        }
    }

    private delegate void LogitsReader(int position, Span<float> logits);
}
