using CognitiveTools.Lab.Learning.Data;
using CognitiveTools.Lab.Learning.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace CognitiveTools.Lab.Learning.Objectives;

/// <summary>The lines of some problems, padded on the right, and which of them are learned: those of solutions.</summary>
internal sealed class ConceptBatch
{
    private readonly Tensor _ids, _learned;

    /// <summary>Lays problems out.</summary>
    /// <param name="table">The lines.</param>
    /// <param name="batch">The problems.</param>
    /// <param name="device">Where it lies.</param>
    public ConceptBatch(LineTable table, Batch batch, Device device)
    {
        int[][] lines =
            [.. batch.Rows.Select(row => table[row]).Select(static problem => (int[])[.. problem.Question, .. problem.Solution])];
        _ids = Padded.Right(lines).to(device);
        (Rows, Length) = (lines.Length, (int)_ids.shape[1]);
        _learned = tensor(
            lines.SelectMany((line, i) => Enumerable.Range(0, line.Length)
                .Skip(table[batch.Rows[i]].Question.Length).Select(at => (long)i * Length + at)).ToArray(),
            device: device);
    }

    /// <summary>Problems.</summary>
    public int Rows { get; }

    /// <summary>Most lines of a problem.</summary>
    public int Length { get; }

    /// <summary>Something that each line of the table has, lines x any, as rows x lines x any.</summary>
    public Tensor Of(Tensor lines) => BlockParts.Embed(lines, _ids);

    /// <summary>Of rows x lines x any what the learned lines have, learned lines x any.</summary>
    public Tensor Learned(Tensor all) => all.reshape(-1, all.shape[^1]).index_select(0, _learned);
}
