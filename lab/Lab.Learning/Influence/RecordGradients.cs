using CognitiveTools.Lab.Learning.Data;
using CognitiveTools.Lab.Learning.LibTorch;
using CognitiveTools.Lab.Learning.Networks;
using CognitiveTools.Lab.Learning.Objectives;
using CognitiveTools.Randomness;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace CognitiveTools.Lab.Learning.Influence;

/// <summary>
/// Gradients of single records. The loss of a record is the sum of its learned tokens' cross entropies, <c>-log p(answer | question)</c>.
/// Weights of the blocks' linear layers count; embedding and norms do not.
/// </summary>
/// <param name="network">The trained network.</param>
internal sealed class RecordGradients(Decoder network)
{
    private const int RecordsAtOnce = 128;

    /// <summary>Records in the order of a file, in batches.</summary>
    public static IEnumerable<Batch> Batches(TokenFile file, IEnumerable<int> rows) =>
        rows.Chunk(RecordsAtOnce).Select(chunk => new Batch(file, chunk));

    /// <summary>Gradients of the losses of records.</summary>
    public IReadOnlyList<LayerGradients> Of(Batch batch) =>
        Of(batch, (_, learned) => tensor(learned.Targets.ToArray(), device: network.Device));

    /// <summary>The same with labels that are drawn from what the network predicts, as the Fisher matrix needs them.</summary>
    public IReadOnlyList<LayerGradients> OfDrawnLabels(Batch batch, SeededRandom random) => Of(batch, (logits, _) =>
    {
        var numbers = new double[logits.shape[0]];
        for (var i = 0; i < numbers.Length; i++)
            numbers[i] = random.NextDouble();
        var reached = F.softmax(logits.to(ScalarType.Float64), -1).cumsum(-1);
        var below = reached.lt(tensor(numbers, device: network.Device).unsqueeze(1));
        return below.sum(-1).clamp_max(Scalars.Of(logits.shape[1] - 1));
    });

    private LayerGradients[] Of(Batch batch, Func<Tensor, LearnedTokens, Tensor> labels)
    {
        var learned = new LearnedTokens(batch);
        var taps = new LinearTaps();
        var hidden = network.Forward(network.Embed(learned.Ids.to(network.Device)), taps: taps);
        var logits = NextToken.LogitsAt(network, hidden, learned.Positions);
        var loss = F.cross_entropy(logits, labels(logits.detach(), learned), reduction: nn.Reduction.Sum);
        var gradients = autograd.grad([loss], [.. taps.Layers.Select(static tap => tap.Output)]);
        var seen = Seen(learned, hidden);
        return [.. taps.Layers.Select((tap, i) => new LayerGradients(tap.Name, tap.Input.detach() * seen, gradients[i].detach()))];
    }

    // One where a position is a token of its record, zero at padding.
    private Tensor Seen(LearnedTokens learned, Tensor hidden)
    {
        var (rows, width) = (learned.Lengths.Count, (int)hidden.shape[1]);
        var seen = new float[rows * width];
        for (var row = 0; row < rows; row++)
            seen.AsSpan(row * width, learned.Lengths[row]).Fill(1);
        return tensor(seen, rows, width, 1, device: network.Device).to(hidden.dtype);
    }
}
