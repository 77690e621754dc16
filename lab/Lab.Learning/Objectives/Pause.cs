using CognitiveTools.Lab.Learning.Data;
using CognitiveTools.Lab.Learning.LibTorch;
using CognitiveTools.Lab.Learning.Networks;
using CognitiveTools.Randomness;
using TorchSharp;
using static TorchSharp.torch;

namespace CognitiveTools.Lab.Learning.Objectives;

/// <summary>
/// Coconut's control (Goyal et al. 2023, arXiv 2310.02226, with Coconut's curriculum): one learned embedding at every thought, in one pass.
/// It has the positions and the curriculum, and recycles nothing.
/// </summary>
/// <param name="cutter">Cuts the solutions.</param>
internal sealed class Pause(SolutionCutter cutter) : ILatentObjective
{
    /// <inheritdoc/>
    public Func<Tensor, Tensor> Thinker(Decoder network) => hidden => network.Embedding[cutter.Pause].expand_as(hidden);

    /// <inheritdoc/>
    public Tensor Loss(Decoder network, Batch batch, SeededRandom random)
    {
        var laid = new LatentBatch(batch, cutter, network.Device);
        var pauses = full([batch.Rows.Count, batch.Thoughts], Scalars.Of(cutter.Pause), dtype: ScalarType.Int64, device: network.Device);
        var hidden = network.Forward(network.Embed(cat([laid.Prompts, pauses, laid.Texts], 1)), hide: laid.Hide);
        var texts = hidden.narrow(1, laid.Prompts.shape[1] + batch.Thoughts, laid.Texts.shape[1]);
        return NextToken.CrossEntropy(network, texts, laid.Positions, laid.Targets);
    }
}
