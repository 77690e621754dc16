using CognitiveTools.Lab.Learning.Data;
using CognitiveTools.Lab.Learning.LibTorch;
using CognitiveTools.Lab.Learning.Networks;
using CognitiveTools.Lab.Learning.Objectives;
using CognitiveTools.Lab.Problems.Generation;
using CognitiveTools.Lab.Training.Probes;
using CognitiveTools.Llama.Steering;
using TorchSharp;
using static TorchSharp.torch;

namespace CognitiveTools.Lab.Learning.Features;

/// <summary>Measures a sparse autoencoder: variance explained, dead features, and which features tell two formats apart.</summary>
/// <param name="network">The network whose states it reads.</param>
/// <param name="autoencoder">The autoencoder.</param>
internal sealed class FeatureExamination(Decoder network, SparseAutoencoder autoencoder)
{
    private const int RowsAtOnce = 64;

    /// <summary>Reads all conversations of a corpus.</summary>
    /// <param name="file">The corpus.</param>
    /// <param name="first">Format whose prompts a feature should tell.</param>
    /// <param name="second">Format from whose prompts it should tell them.</param>
    /// <exception cref="InvalidDataException">The corpus has no conversation of one of the formats.</exception>
    public FeatureFigures Measure(TokenFile file, string first, string second)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var encoder = tensor(autoencoder.Encoder).view(autoencoder.Features, autoencoder.Width).to(network.Device);
        var decoder = tensor(autoencoder.Decoder).view(autoencoder.Features, autoencoder.Width).to(network.Device);
        var (offsets, bias) = (tensor(autoencoder.Offsets).to(network.Device), tensor(autoencoder.Bias).to(network.Device));
        var active = zeros(autoencoder.Features, dtype: ScalarType.Bool, device: network.Device);
        var (sum, squares) = (zeros(autoencoder.Width, dtype: ScalarType.Float64), 0.0);
        var (left, positions) = (0.0, 0L);
        var (ofFirst, ofSecond) = (new List<float[]>(), new List<float[]>());
        foreach (var rows in Enumerable.Range(0, file.Count).Chunk(RowsAtOnce))
        {
            using var inner = NewDisposeScope();
            var states = SparseCode.States(network, new Batch(file, rows), autoencoder.Layer);
            var z = SparseCode.Activities(states, encoder, offsets, bias, autoencoder.Active);
            left += Number((states - z.matmul(decoder) - bias).square().sum());
            squares += Number(states.square().sum());
            sum.Add(states.sum(0).cpu().to(ScalarType.Float64));
            positions += states.shape[0];
            active.logical_or_((z > Scalars.Of(0)).any(0));
            var begin = 0L;
            foreach (var row in rows)
            {
                var at = begin + file.Question(row).Prompt.Length - 1;
                begin += file.Length(row);
                if (MiniFormats.Names[file.Format(row)] is var format && format == first)
                    ofFirst.Add(WeightsFile.Floats(z[at]));
                else if (format == second)
                    ofSecond.Add(WeightsFile.Floats(z[at]));
            }
        }

        if (ofFirst.Count == 0 || ofSecond.Count == 0)
            throw new InvalidDataException($"{file.Name} needs conversations of the formats {first} and {second}. Name another corpus.");
        var variance = squares - Number(sum.square().sum()) / positions;
        var isActive = active.cpu().data<bool>().ToArray();
        int[] alive = [.. Enumerable.Range(0, autoencoder.Features).Where(feature => isActive[feature])];
        return new FeatureFigures(
            positions,
            1 - left / variance,
            autoencoder.Features - alive.Length,
            (ofFirst.Count, ofSecond.Count),
            [.. Enumerable.Range(0, autoencoder.Features).Select(Row)
                .OrderByDescending(static row => row.Auc).ThenByDescending(static row => row.First - row.Second)],
            alive);

        FeatureRow Row(int feature)
        {
            double[] a = [.. ofFirst.Select(values => (double)values[feature])];
            double[] b = [.. ofSecond.Select(values => (double)values[feature])];
            return new FeatureRow(feature, RankedPair.Auc(a, b), a.Average(), b.Average());
        }
    }

    private static double Number(Tensor value) => value.cpu().to(ScalarType.Float64).item<double>();
}
