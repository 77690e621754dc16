using System.Numerics.Tensors;

namespace CognitiveTools.Onnx.Engine;

/// <summary>The Kullback-Leibler divergence between predictions.</summary>
internal static class KullbackLeibler
{
    /// <summary>KL(softmax(newer) || softmax(older)) in nats.</summary>
    public static double Between(ReadOnlySpan<float> newer, ReadOnlySpan<float> older)
    {
        var (newerSum, olderSum) = (LogSum(newer), LogSum(older));
        double sum = 0;
        for (var i = 0; i < newer.Length; i++)
        {
            var log = newer[i] - newerSum;
            sum += Math.Exp(log) * (log - (older[i] - olderSum));
        }

        return sum;
    }

    private static double LogSum(ReadOnlySpan<float> logits)
    {
        var max = TensorPrimitives.Max(logits);
        double sum = 0;
        foreach (var logit in logits)
            sum += Math.Exp(logit - max);
        return max + Math.Log(sum);
    }
}
