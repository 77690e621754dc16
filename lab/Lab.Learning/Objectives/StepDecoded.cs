using CognitiveTools.Lab.Learning.Data;
using CognitiveTools.Lab.Learning.LibTorch;
using CognitiveTools.Lab.Learning.Networks;
using CognitiveTools.Randomness;
using TorchSharp;
using static TorchSharp.torch;

namespace CognitiveTools.Lab.Learning.Objectives;

/// <summary>
/// SIM-CoT (2025, arXiv 2509.20317): Coconut, and a small decoder that must read unit k from thought k:
/// <c>L = L_text + w mean log-loss of unit k given thought k</c>. The decoder is thrown away after the run; what it gives is a signal for
/// each thought, where Coconut has one for all.
/// </summary>
internal sealed class StepDecoded : ILatentObjective
{
    private readonly SolutionCutter _cutter;
    private readonly Decoder _reader;
    private readonly double _weight;

    /// <summary>Creates the objective and its decoder.</summary>
    /// <param name="cutter">Cuts the solutions.</param>
    /// <param name="reader">The small decoder; as wide as the network.</param>
    /// <param name="weight">Weight of the second term.</param>
    public StepDecoded(SolutionCutter cutter, Decoder reader, double weight = 1) =>
        (_cutter, _reader, _weight) = (cutter, reader, weight);

    /// <inheritdoc/>
    public IReadOnlyList<ParameterVector> Parameters => [_reader.Parameters];

    /// <inheritdoc/>
    public Func<Tensor, Tensor> Thinker(Decoder network) => static hidden => hidden;

    /// <inheritdoc/>
    public Tensor Loss(Decoder network, Batch batch, SeededRandom random)
    {
        var laid = new LatentBatch(batch, _cutter, network.Device);
        var (hidden, thoughts) = Coconut.Think(network, laid, batch.Thoughts);
        var loss = NextToken.CrossEntropy(network, hidden, laid.Positions, laid.Targets);
        return Reading(laid, thoughts) is { } reading ? loss.Plus(reading.mul(Scalars.Of(_weight))) : loss;
    }

    // Nothing where there is no thought. A solution of fewer units than thoughts leaves its last thoughts without one.
    private Tensor? Reading(LatentBatch laid, List<Tensor> thoughts)
    {
        var texts = new List<int[]>();
        var indices = new List<long>();
        for (var row = 0; row < laid.Solutions.Count; row++)
        {
            var units = laid.Solutions[row].Units;
            for (var k = 0; k < Math.Min(thoughts.Count, units.Count); k++)
            {
                texts.Add([.. units[k], _cutter.Stop]);
                indices.Add((long)row * thoughts.Count + k);
            }
        }

        if (texts.Count == 0)
            return null;
        var read = cat(thoughts, 1).reshape(-1, _reader.Shape.Width)
            .index_select(0, tensor(indices.ToArray(), device: _reader.Device)).unsqueeze(1);
        var fed = Padded.Right([.. texts.Select(static text => (IReadOnlyList<int>)text[..^1])]).to(_reader.Device);
        var hidden = _reader.Forward(cat([read, _reader.Embed(fed)], 1));
        var positions = new List<long>();
        var targets = new List<long>();
        for (var i = 0; i < texts.Count; i++)
        {
            for (var at = 0; at < texts[i].Length; at++)
            {
                positions.Add(i * (fed.shape[1] + 1) + at);
                targets.Add(texts[i][at]);
            }
        }

        return NextToken.CrossEntropy(_reader, hidden, positions, targets);
    }
}
