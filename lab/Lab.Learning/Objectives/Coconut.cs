using CognitiveTools.Lab.Learning.Data;
using CognitiveTools.Lab.Learning.Networks;
using CognitiveTools.Randomness;
using TorchSharp;
using static TorchSharp.torch;

namespace CognitiveTools.Lab.Learning.Objectives;

/// <summary>
/// Coconut (Hao et al. 2024, arXiv 2412.06769): the first k units of a worked solution are replaced by k thoughts. A thought is the last
/// hidden state, behind the last norm, fed back as the next input; the loss is that of the text behind the thoughts, through all passes.
/// </summary>
/// <param name="cutter">Cuts the solutions.</param>
internal sealed class Coconut(SolutionCutter cutter) : ILatentObjective
{
    /// <inheritdoc/>
    public Func<Tensor, Tensor> Thinker(Decoder network) => static hidden => hidden;

    /// <inheritdoc/>
    public Tensor Loss(Decoder network, Batch batch, SeededRandom random)
    {
        var laid = new LatentBatch(batch, cutter, network.Device);
        var (hidden, _) = Think(network, laid, batch.Thoughts);
        return NextToken.CrossEntropy(network, hidden, laid.Positions, laid.Targets);
    }

    /// <summary>The hidden states of the texts, and the thoughts (rows x 1 x width) in order.</summary>
    /// <param name="network">The network.</param>
    /// <param name="laid">The batch.</param>
    /// <param name="thoughts">How many.</param>
    /// <param name="layers">Gets the residual streams of the texts.</param>
    internal static (Tensor Hidden, List<Tensor> Thoughts) Think(
        Decoder network, LatentBatch laid, int thoughts, List<Tensor>? layers = null)
    {
        var cache = new GrowingCache();
        var hidden = network.Forward(network.Embed(laid.Prompts), cache, laid.Hide);
        var fed = new List<Tensor>(thoughts);
        for (var i = 0; i < thoughts; i++)
        {
            fed.Add(hidden.narrow(1, hidden.shape[1] - 1, 1));
            hidden = network.Forward(fed[^1], cache, laid.Hide);
        }

        return (network.Forward(network.Embed(laid.Texts), cache, laid.Hide, layers), fed);
    }
}
