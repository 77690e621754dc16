using TorchSharp;
using static TorchSharp.torch;

namespace CognitiveTools.Lab.Learning.Networks;

/// <summary>Weights of a block of a decoder: attention and a gated feed-forward part, each behind a norm.</summary>
internal sealed record Block(Tensor AttentionNorm, Tensor Qkv, Tensor Output, Tensor FeedNorm, Tensor GateUp, Tensor Down)
{
    /// <summary>The weights of a block with a name, from all that a network has.</summary>
    public static Block Of(ParameterVector parameters, string name) => new(
        parameters[$"{name}.attention_norm"], parameters[$"{name}.qkv"], parameters[$"{name}.output"],
        parameters[$"{name}.feed_norm"], parameters[$"{name}.gate_up"], parameters[$"{name}.down"]);

    /// <summary>The weights of blocks with names.</summary>
    public static Block[] Of(ParameterVector parameters, IEnumerable<string> names) => [.. names.Select(name => Of(parameters, name))];

    /// <summary>The names of a part's blocks.</summary>
    public static IEnumerable<string> Named(string part, int blocks) => Enumerable.Range(0, blocks).Select(block => $"{part}.{block}");

    /// <summary>The matrices of a block: name, rows, columns, and standard deviation at the start.</summary>
    /// <param name="name">The block's name.</param>
    /// <param name="width">Width of the residual stream.</param>
    /// <param name="hidden">Width of the feed-forward part.</param>
    /// <param name="deviation">Deviation of the matrices that read the stream.</param>
    /// <param name="deep">Deviation of those that add to it.</param>
    public static IEnumerable<(string Name, int Rows, int Columns, double Deviation)> Matrices(
        string name, int width, int hidden, double deviation, double deep) =>
    [
        ($"{name}.qkv", 3 * width, width, deviation), ($"{name}.output", width, width, deep),
        ($"{name}.gate_up", 2 * hidden, width, deviation), ($"{name}.down", width, hidden, deep),
    ];

    /// <summary>The norms of a block: name and length.</summary>
    public static IEnumerable<(string Name, int Length)> Norms(string name, int width) =>
        [($"{name}.attention_norm", width), ($"{name}.feed_norm", width)];
}
