using CognitiveTools.Lab.Learning.Data;
using CognitiveTools.Lab.Learning.Networks;
using CognitiveTools.Randomness;
using TorchSharp;
using F = TorchSharp.torch.nn.functional;

namespace CognitiveTools.Lab.Learning.Objectives;

/// <summary>
/// Base-LCM (arXiv 2412.08821, section 2.3.1): the concept is read off the position before it, and the loss is the mean square of the
/// difference over the concepts of solutions and their elements. Where several lines may follow, the best answer is their mean.
/// </summary>
/// <param name="table">The lines.</param>
/// <param name="concepts">The concept of each line, lines x code.</param>
internal sealed class ConceptRegression(LineTable table, torch.Tensor concepts) : IConceptObjective
{
    /// <inheritdoc/>
    public int Queries => 0;

    /// <inheritdoc/>
    public torch.Tensor Loss(ConceptModel network, Batch batch, SeededRandom random)
    {
        var laid = new ConceptBatch(table, batch, network.Device);
        var all = laid.Of(concepts);
        var hidden = network.Follow(all.narrow(1, 0, laid.Length - 1));
        return F.mse_loss(network.Logits(laid.Learned(hidden)), laid.Learned(all));
    }

    /// <inheritdoc/>
    public torch.Tensor Next(ConceptModel network, GrowingCache cache, torch.Tensor hidden, SeededRandom random) => network.Logits(hidden);
}
