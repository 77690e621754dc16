using CognitiveTools.Lab.Learning.Data;
using CognitiveTools.Randomness;
using TorchSharp;

namespace CognitiveTools.Lab.Learning.Objectives;

/// <summary>An objective for networks that think in depth, and can be examined at several.</summary>
/// <typeparam name="TNetwork">Kind of network.</typeparam>
internal interface IDepthObjective<in TNetwork> : IObjective<TNetwork>
{
    /// <summary>Reads the rows.</summary>
    DirectRows Rows { get; }

    /// <summary>The hidden states of tokens (rows x length) at each depth that is measured, and its name in the log.</summary>
    IEnumerable<(string Depth, torch.Tensor Hidden)> Measure(TNetwork network, torch.Tensor ids, SeededRandom random);
}
