using System.Numerics.Tensors;
using CognitiveTools.Llama.Models;
using CognitiveTools.Steering;

namespace CognitiveTools.Llama.Steering;

/// <summary>
/// Control vectors from contrast pairs: for every layer the mean, over the pairs, of the residual stream at the last
/// position of the positive conversation minus that of the negative one. Not normalised, so that strength 1 moves a
/// negative state by the average distance to the positive ones.
/// </summary>
internal static class MeanDifference
{
    /// <summary>Computes a vector; reads each conversation once.</summary>
    /// <param name="model">The model, not steered.</param>
    /// <param name="pairs">At least one pair.</param>
    /// <param name="progress">Gets the number of finished pairs.</param>
    /// <param name="cancellationToken">Cancels between pairs.</param>
    public static ControlVector Compute(
        LlamaModel model, IReadOnlyCollection<ContrastPair> pairs, IProgress<int>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(pairs);
        if (pairs.Count == 0)
            throw new ArgumentException("A mean needs at least one contrast pair.", nameof(pairs));
        using var reader = new LayerReader(model);
        var sums = new SortedDictionary<int, float[]>();
        var done = 0;
        foreach (var pair in pairs)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Add(reader.Read(model.Tokenizer.EncodeChat(pair.Positive)), 1f / pairs.Count);
            Add(reader.Read(model.Tokenizer.EncodeChat(pair.Negative)), -1f / pairs.Count);
            progress?.Report(++done);
        }

        sums.Remove(0); // llama.cpp steers from layer 1 on
        return new ControlVector(sums);

        void Add(IReadOnlyDictionary<int, float[]> states, float weight)
        {
            foreach (var (layer, state) in states)
            {
                if (!sums.TryGetValue(layer, out var sum))
                    sums.Add(layer, sum = new float[state.Length]);
                TensorPrimitives.MultiplyAdd(state, weight, sum, sum);
            }
        }
    }
}
