using static TorchSharp.torch;

namespace CognitiveTools.Lab.Learning.Networks;

/// <summary>What is learned of a decoder in place of its weights, which stay as they are.</summary>
internal interface ITuning : ILearnedFile, IDisposable
{
    /// <summary>What is learned.</summary>
    ParameterVector Parameters { get; }

    /// <summary>The weights that a block computes with.</summary>
    /// <param name="layer">The block, counted from 0.</param>
    /// <param name="block">Its own weights.</param>
    Block Change(int layer, Block block) => block;

    /// <summary>The residual stream behind a block.</summary>
    /// <param name="layer">The block, counted from 0.</param>
    /// <param name="stream">What the block left, rows x positions x width.</param>
    /// <param name="from">The first position that may be changed; those before it are read only.</param>
    Tensor Change(int layer, Tensor stream, int from) => stream;
}
