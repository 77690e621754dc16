using CognitiveTools.Lab.Learning.Data;
using CognitiveTools.Lab.Learning.Networks;
using CognitiveTools.Randomness;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace CognitiveTools.Lab.Learning.Objectives;

/// <summary>
/// <c>-mean log p(token | tokens before)</c> over the learned tokens of the batch. Logits are made at their positions and nowhere else.
/// </summary>
internal sealed class NextToken : IObjective<Decoder>
{
    /// <summary>Its <c>kind</c> in the file of a run.</summary>
    public const string Kind = "next-token";

    /// <inheritdoc/>
    public Tensor Loss(Decoder network, Batch batch, SeededRandom random)
    {
        var learned = new LearnedTokens(batch);
        var hidden = network.Forward(network.Embed(learned.Ids.to(network.Device)));
        return CrossEntropy(network, hidden, learned.Positions, learned.Targets);
    }

    /// <summary>Mean cross entropy at some positions.</summary>
    /// <param name="network">Makes the logits.</param>
    /// <param name="hidden">Rows x positions x width.</param>
    /// <param name="positions">Indices into rows x positions.</param>
    /// <param name="targets">The token that each of them is to predict.</param>
    internal static Tensor CrossEntropy(INetwork network, Tensor hidden, List<long> positions, List<long> targets) =>
        F.cross_entropy(LogitsAt(network, hidden, positions), tensor(targets.ToArray(), device: network.Device));

    /// <summary>Logits at some positions, positions x tokens.</summary>
    internal static Tensor LogitsAt(INetwork network, Tensor hidden, List<long> positions) => network.Logits(
        hidden.reshape(-1, hidden.shape[^1]).index_select(0, tensor(positions.ToArray(), device: network.Device)));
}
