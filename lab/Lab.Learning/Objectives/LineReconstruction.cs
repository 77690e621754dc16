using CognitiveTools.Lab.Learning.Data;
using CognitiveTools.Lab.Learning.LibTorch;
using CognitiveTools.Lab.Learning.Networks;
using CognitiveTools.Randomness;
using TorchSharp;
using static TorchSharp.torch;

namespace CognitiveTools.Lab.Learning.Objectives;

/// <summary>
/// Reconstruction of lines from noisy codes, as SONAR's decoder was tuned for concept models (arXiv 2412.08821, section 2.5.2): the mean
/// over the tokens of a batch's different lines, ends included, of
/// <code>-log p(token | tokens before, code + s z),   z ~ N(0, I),   s ~ U(0, noise) for each line</code>
/// </summary>
/// <param name="table">The lines.</param>
/// <param name="stop">The token that ends a line.</param>
/// <param name="noise">Largest deviation of the noise; the code's elements have the mean square 1.</param>
internal sealed class LineReconstruction(LineTable table, int stop, double noise) : IObjective<LineCoder>
{
    /// <summary>Its <c>kind</c> in the file of a run.</summary>
    public const string Kind = "lines";

    /// <inheritdoc/>
    public Tensor Loss(LineCoder network, Batch batch, SeededRandom random)
    {
        IReadOnlyList<int>[] lines = [.. batch.Rows.Select(row => table[row])
            .SelectMany(static problem => problem.Question.Concat(problem.Solution)).Distinct().Select(line => table.Lines[line])];
        var codes = network.Encode(lines);
        codes = codes.Plus(NormalNoise.Like(codes, random) * Scales(lines.Length, random).to(codes.dtype).to(network.Device));
        var ids = Padded.Right(lines);
        var (positions, targets) = (new List<long>(), new List<long>());
        for (var row = 0; row < lines.Length; row++)
        {
            for (var at = 0; at <= lines[row].Count; at++)
            {
                positions.Add(row * (ids.shape[1] + 1) + at);
                targets.Add(at < lines[row].Count ? lines[row][at] : stop);
            }
        }

        return NextToken.CrossEntropy(network, network.Write(codes, ids.to(network.Device)), positions, targets);
    }

    private Tensor Scales(int rows, SeededRandom random) =>
        tensor(Array.ConvertAll(new float[rows], _ => (float)(noise * random.NextDouble()))).unsqueeze(1);
}
