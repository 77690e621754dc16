using CognitiveTools.Lab.Learning.Data;
using CognitiveTools.Lab.Learning.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace CognitiveTools.Lab.Learning.Objectives;

/// <summary>What the encoder reads and says: prompts, thinking tokens, stages in words and answers, padded on the right.</summary>
internal sealed class StagedBatch
{
    private readonly long[] _places;
    private readonly int _collapsed;

    /// <summary>Lays solutions out.</summary>
    /// <param name="solutions">The solutions.</param>
    /// <param name="collapsed">Their first stages that are a token each.</param>
    /// <param name="cutter">Makes the texts.</param>
    /// <param name="device">Where the tokens are.</param>
    public StagedBatch(IReadOnlyList<StagedSolution> solutions, int collapsed, StageCutter cutter, Device device)
    {
        _collapsed = collapsed;
        var texts = solutions.Select(solution => cutter.Text(solution, collapsed)).ToArray();
        Ids = Padded.Right([.. solutions.Select((solution, row) => (IReadOnlyList<int>)[.. solution.Prompt, .. texts[row][..^1]])])
            .to(device);
        _places = new long[solutions.Count * collapsed];
        for (var row = 0; row < texts.Length; row++)
        {
            var begin = row * Ids.shape[1] + solutions[row].Prompt.Length;
            for (var k = 0; k < collapsed; k++)
                _places[row * collapsed + k] = begin + k;
            for (var at = 0; at < texts[row].Length; at++)
            {
                Positions.Add(begin + at - 1);
                Targets.Add(texts[row][at]);
            }
        }
    }

    /// <summary>Rows x columns.</summary>
    public Tensor Ids { get; }

    /// <summary>Positions within <see cref="Ids"/>, row by row, at which a token is predicted.</summary>
    public List<long> Positions { get; } = [];

    /// <summary>The tokens predicted there.</summary>
    public List<long> Targets { get; } = [];

    /// <summary>The hidden states at one thinking token of each row, rows x width.</summary>
    /// <param name="hidden">Rows x columns x width.</param>
    /// <param name="stages">The stage of each row, from 0.</param>
    public Tensor States(Tensor hidden, IReadOnlyList<int> stages) => hidden.reshape(-1, hidden.shape[^1])
        .index_select(0, tensor(stages.Select((stage, row) => _places[row * _collapsed + stage]).ToArray(), device: hidden.device));
}
