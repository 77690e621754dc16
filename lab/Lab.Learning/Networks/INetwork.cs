using System.Text.Json.Nodes;
using TorchSharp;
using static TorchSharp.torch;

namespace CognitiveTools.Lab.Learning.Networks;

/// <summary>What a run needs of a network, whatever its kind.</summary>
internal interface INetwork : IDisposable
{
    /// <summary>Where it computes.</summary>
    Device Device { get; }

    /// <summary>The weights in one vector.</summary>
    ParameterVector Parameters { get; }

    /// <summary>The weights under the names that their file has, as views: to copy into them is to fill the network.</summary>
    IEnumerable<(string Name, Tensor Value)> Weights { get; }

    /// <summary>Texts about the weights in the header of their file.</summary>
    IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Sizes as <c>coglab models pack --config</c> takes them.</summary>
    JsonObject Sizes { get; }

    /// <summary>Logits of hidden states.</summary>
    Tensor Logits(Tensor hidden);
}
