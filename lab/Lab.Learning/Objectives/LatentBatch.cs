using CognitiveTools.Lab.Learning.Data;
using CognitiveTools.Lab.Learning.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace CognitiveTools.Lab.Learning.Objectives;

/// <summary>Prompts padded on the left, so that the thoughts stand in one column, and texts padded on the right.</summary>
internal sealed class LatentBatch
{
    /// <summary>Lays a batch out.</summary>
    public LatentBatch(Batch batch, SolutionCutter cutter, Device device)
    {
        Solutions = [.. batch.Rows.Select(row => cutter.Cut(batch.File, row))];
        var texts = Solutions.Select(solution => cutter.Text(solution, batch.Thoughts)).ToArray();
        (var left, Padding) = Padded.Left([.. Solutions.Select(static solution => solution.Thinking)]);
        Prompts = left.to(device);
        var fed = Padded.Right([.. texts.Select(static text => (IReadOnlyList<int>)text[..^1])]);
        Texts = fed.to(device);
        Hide = Padding.Hide((int)(Prompts.shape[1] + batch.Thoughts + Texts.shape[1])).to(device);
        for (var row = 0; row < texts.Length; row++)
        {
            for (var at = 1; at < texts[row].Length; at++)
            {
                Positions.Add(row * Texts.shape[1] + at - 1);
                Targets.Add(texts[row][at]);
            }
        }
    }

    /// <summary>The solutions in the batch's order.</summary>
    public IReadOnlyList<WorkedSolution> Solutions { get; }

    /// <summary>Rows x columns.</summary>
    public Tensor Prompts { get; }

    /// <summary>Where the prompts are empty.</summary>
    public LeftPadding Padding { get; }

    /// <summary>Rows x columns: end of thoughts and text, without the last token.</summary>
    public Tensor Texts { get; }

    /// <summary>Rows x (prompt, thoughts, text): true where a key must not be seen.</summary>
    public Tensor Hide { get; }

    /// <summary>Positions within <see cref="Texts"/>, row by row, at which a token is predicted.</summary>
    public List<long> Positions { get; } = [];

    /// <summary>The tokens predicted there.</summary>
    public List<long> Targets { get; } = [];
}
