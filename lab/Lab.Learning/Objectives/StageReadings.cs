using CognitiveTools.Lab.Learning.Data;
using CognitiveTools.Lab.Learning.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace CognitiveTools.Lab.Learning.Objectives;

/// <summary>
/// What the interpreter reads and says, one stage of each solution: the question, the place of the stage's thinking token, the stage's
/// text; padded on the right.
/// </summary>
internal sealed class StageReadings
{
    private readonly Tensor _ids;
    private readonly int[] _places;
    private readonly int[] _lengths;

    /// <summary>Lays readings out.</summary>
    /// <param name="solutions">The solutions.</param>
    /// <param name="stages">The stage of each that is read, from 0.</param>
    /// <param name="cutter">Knows the tokens.</param>
    /// <param name="device">Where the tokens are.</param>
    public StageReadings(IReadOnlyList<StagedSolution> solutions, IReadOnlyList<int> stages, StageCutter cutter, Device device)
    {
        _ids = Padded.Right([.. solutions.Select((solution, row) => (IReadOnlyList<int>)
            [.. solution.Asking, cutter.Tokens[stages[row]], .. solution.Stages[stages[row]]])]).to(device);
        _places = [.. solutions.Select(static solution => solution.Asking.Length)];
        _lengths = [.. solutions.Select((solution, row) => solution.Stages[stages[row]].Length + 1)];
        for (var row = 0; row < solutions.Count; row++)
        {
            var begin = row * _ids.shape[1] + _places[row];
            int[] text = [.. solutions[row].Stages[stages[row]], cutter.Stop];
            for (var at = 0; at < text.Length; at++)
            {
                Positions.Add(begin + at);
                Targets.Add(text[at]);
            }
        }
    }

    /// <summary>Positions, row by row, at which a token of a stage's text or its end is predicted.</summary>
    public List<long> Positions { get; } = [];

    /// <summary>The tokens predicted there.</summary>
    public List<long> Targets { get; } = [];

    /// <summary>The hidden states, rows x columns x width.</summary>
    /// <param name="network">The network.</param>
    /// <param name="states">Rows x width: what stands in place of the thinking tokens.</param>
    /// <param name="blank">Rows in which the thinking token's own embedding stays.</param>
    public Tensor Forward(Decoder network, Tensor states, IReadOnlyList<bool> blank)
    {
        var (rows, columns) = (_ids.shape[0], _ids.shape[1]);
        var replaced = new bool[rows * columns];
        for (var row = 0; row < rows; row++)
            replaced[row * columns + _places[row]] = !blank[row];
        var mask = tensor(replaced, rows, columns, 1).to(network.Device);
        return network.Forward(where(mask, states.unsqueeze(1), network.Embed(_ids)));
    }

    /// <summary>Which texts a network writes out exactly, greedily: all of their tokens are the most likely ones.</summary>
    /// <inheritdoc cref="Forward"/>
    public bool[] Exact(Decoder network, Tensor states, IReadOnlyList<bool> blank)
    {
        var hidden = Forward(network, states, blank);
        var places = tensor(Positions.ToArray(), device: network.Device);
        var said = network.Logits(hidden.reshape(-1, hidden.shape[^1]).index_select(0, places)).argmax(-1).cpu().data<long>().ToArray();
        var exact = new bool[_lengths.Length];
        var from = 0;
        for (var row = 0; row < exact.Length; row++)
        {
            exact[row] = Enumerable.Range(from, _lengths[row]).All(at => said[at] == Targets[at]);
            from += _lengths[row];
        }

        return exact;
    }
}
