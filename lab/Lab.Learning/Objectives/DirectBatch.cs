using CognitiveTools.Lab.Learning.Data;
using CognitiveTools.Lab.Learning.LibTorch;
using CognitiveTools.Lab.Learning.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace CognitiveTools.Lab.Learning.Objectives;

/// <summary>Questions padded on the right, and what their positions are to predict.</summary>
internal sealed class DirectBatch
{
    private readonly List<long> _answering = [], _answers = [], _passing = [], _values = [], _marks = [];

    /// <summary>Lays rows out.</summary>
    public DirectBatch(DirectRows reader, TokenFile file, IEnumerable<int> rows, Device device)
    {
        Rows = [.. rows.Select(row => reader.Read(file, row))];
        Ids = Padded.Right([.. Rows.Select(static row => (IReadOnlyList<int>)row.Tokens[..^1])]).to(device);
        for (var i = 0; i < Rows.Count; i++)
        {
            var (row, begin) = (Rows[i], i * Ids.shape[1]);
            _marks.Add(begin + row.Mark);
            // The mark, the answer and the end.
            for (var at = row.Mark; at < row.Tokens.Length; at++)
            {
                _answering.Add(begin + at - 1);
                _answers.Add(row.Tokens[at]);
            }

            for (var k = 0; k < row.Values.Length; k++)
            {
                _passing.Add(begin + row.First + k);
                _values.Add(row.Values[k]);
            }
        }
    }

    /// <summary>The rows.</summary>
    public IReadOnlyList<DirectRow> Rows { get; }

    /// <summary>Rows x columns.</summary>
    public Tensor Ids { get; }

    /// <summary>Cross entropy of mark, answer and end, and that of the values on the way with a weight.</summary>
    /// <param name="network">Makes the logits.</param>
    /// <param name="hidden">Rows x columns x width.</param>
    /// <param name="weight">Weight of the values on the way.</param>
    public Tensor Loss(INetwork network, Tensor hidden, double weight) =>
        NextToken.CrossEntropy(network, hidden, _answering, _answers)
            .Plus(NextToken.CrossEntropy(network, hidden, _passing, _values).mul(Scalars.Of(weight)));

    /// <summary>The tokens that are most likely behind the marks.</summary>
    public long[] Said(INetwork network, Tensor hidden)
    {
        var marks = hidden.reshape(-1, hidden.shape[^1]).index_select(0, tensor(_marks.ToArray(), device: network.Device));
        return network.Logits(marks).argmax(-1).cpu().data<long>().ToArray();
    }
}
