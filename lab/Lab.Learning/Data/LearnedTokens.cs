using TorchSharp;
using static TorchSharp.torch;

namespace CognitiveTools.Lab.Learning.Data;

/// <summary>Conversations padded on the right, without their last tokens, and what their positions are to predict.</summary>
internal sealed class LearnedTokens
{
    private readonly long[] _ids;
    private readonly int _rows, _width;

    /// <summary>Lays conversations out.</summary>
    public LearnedTokens(Batch batch)
    {
        (_rows, _width) = (batch.Rows.Count, batch.Rows.Max(batch.File.Length) - 1);
        _ids = new long[_rows * _width];
        for (var i = 0; i < _rows; i++)
        {
            var tokens = batch.File.Ids(batch.Rows[i]);
            var mask = batch.File.Learned(batch.Rows[i]);
            Lengths.Add(Math.Min(tokens.Length, _width));
            for (var at = 0; at < Lengths[i]; at++)
                _ids[i * _width + at] = tokens[at];
            for (var at = 1; at < tokens.Length; at++)
            {
                if (mask[at] == 0)
                    continue;
                Positions.Add(i * _width + at - 1);
                Targets.Add(tokens[at]);
                Rows.Add(i);
            }
        }
    }

    /// <summary>Indices into rows x positions.</summary>
    public List<long> Positions { get; } = [];

    /// <summary>The token that each of them is to predict.</summary>
    public List<long> Targets { get; } = [];

    /// <summary>The row of the batch that each of them is in.</summary>
    public List<int> Rows { get; } = [];

    /// <summary>Tokens of each row that are no padding.</summary>
    public List<int> Lengths { get; } = [];

    /// <summary>The tokens, rows x positions.</summary>
    public Tensor Ids => tensor(_ids, _rows, _width);
}
