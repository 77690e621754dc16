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
    /// <inheritdoc/>
    public Tensor Loss(Decoder network, Batch batch, SeededRandom random)
    {
        var width = batch.Rows.Max(batch.File.Length) - 1;
        var ids = new long[batch.Rows.Count * width];
        var learned = new List<long>();
        var targets = new List<long>();
        for (var i = 0; i < batch.Rows.Count; i++)
        {
            var tokens = batch.File.Ids(batch.Rows[i]);
            var mask = batch.File.Learned(batch.Rows[i]);
            for (var at = 0; at < Math.Min(tokens.Length, width); at++)
                ids[i * width + at] = tokens[at];
            for (var at = 1; at < tokens.Length; at++)
            {
                if (mask[at] == 0)
                    continue;
                learned.Add(i * width + at - 1);
                targets.Add(tokens[at]);
            }
        }

        var hidden = network.Forward(network.Embed(tensor(ids, batch.Rows.Count, width).to(network.Device)));
        return CrossEntropy(network, hidden, learned, targets);
    }

    /// <summary>Mean cross entropy at some positions.</summary>
    /// <param name="network">Makes the logits.</param>
    /// <param name="hidden">Rows x positions x width.</param>
    /// <param name="positions">Indices into rows x positions.</param>
    /// <param name="targets">The token that each of them is to predict.</param>
    internal static Tensor CrossEntropy(INetwork network, Tensor hidden, List<long> positions, List<long> targets)
    {
        var chosen = hidden.reshape(-1, hidden.shape[^1]).index_select(0, tensor(positions.ToArray(), device: network.Device));
        return F.cross_entropy(network.Logits(chosen), tensor(targets.ToArray(), device: network.Device));
    }
}
