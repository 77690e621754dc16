using System.Text.Json.Nodes;
using CognitiveTools.Lab.Learning.Concepts;
using CognitiveTools.Lab.Learning.Data;
using CognitiveTools.Lab.Learning.Networks;

namespace CognitiveTools.Lab.Learning.Runs;

/// <summary>
/// The share of the different lines of held-out problems that a coder writes exactly as it read them: <c>exact</c>, and <c>unseen</c> of
/// those among them that the training corpus has nowhere.
/// </summary>
/// <param name="table">The training corpus.</param>
/// <param name="heldOut">The held-out corpus.</param>
/// <param name="stop">The token that ends a line.</param>
/// <param name="most">Most lines.</param>
internal sealed class LineExam(LineTable table, LineTable heldOut, int stop, int most) : IExam<LineCoder>
{
    private readonly IReadOnlyList<int>[] _lines = [.. heldOut.Lines.Take(most)];

    /// <inheritdoc/>
    public void Examine(JsonObject report, LineCoder network)
    {
        var exact = Reconstruction.Exact(network, _lines, stop);
        var unseen = exact.Where((_, i) => !table.Has(_lines[i])).ToArray();
        report["exact"] = Share(exact);
        report["unseen"] = unseen.Length == 0 ? null : Share(unseen);

        static double Share(bool[] right) => Math.Round((double)right.Count(static one => one) / right.Length, 4);
    }
}
