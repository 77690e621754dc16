using CognitiveTools.Lab.Learning.Data;
using CognitiveTools.Lab.Learning.Networks;
using CognitiveTools.Lab.Learning.Objectives;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace CognitiveTools.Lab.Learning.Influence;

/// <summary>What a network makes of queries.</summary>
internal static class QueryLosses
{
    /// <summary>For each conversation the loss of its answer, summed over its tokens, and whether each token is the likeliest.</summary>
    public static (double[] Losses, bool[] Exact) Measure(Decoder network, TokenFile queries)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var (losses, exact) = (new double[queries.Count], Enumerable.Repeat(true, queries.Count).ToArray());
        foreach (var batch in RecordGradients.Batches(queries, Enumerable.Range(0, queries.Count)))
        {
            var learned = new LearnedTokens(batch);
            var logits = NextToken.LogitsAt(
                network, network.Forward(network.Embed(learned.Ids.to(network.Device))), learned.Positions).to(ScalarType.Float64);
            var targets = tensor(learned.Targets.ToArray(), device: network.Device);
            var ofTokens = F.cross_entropy(logits, targets, reduction: nn.Reduction.None).cpu().data<double>().ToArray();
            var likeliest = logits.argmax(-1).cpu().data<long>().ToArray();
            for (var i = 0; i < ofTokens.Length; i++)
            {
                var row = batch.Rows[learned.Rows[i]];
                losses[row] += ofTokens[i];
                exact[row] &= likeliest[i] == learned.Targets[i];
            }
        }

        return (losses, exact);
    }
}
