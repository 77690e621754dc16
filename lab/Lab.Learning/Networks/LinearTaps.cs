using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace CognitiveTools.Lab.Learning.Networks;

/// <summary>Keeps what went into the linear layers of one forward pass and what came out, with the graph for a backward pass.</summary>
internal sealed class LinearTaps
{
    private readonly List<LinearTap> _layers = [];

    /// <summary>The layers in the order of the pass.</summary>
    public IReadOnlyList<LinearTap> Layers => _layers;

    /// <summary>Applies a layer and keeps both sides of it.</summary>
    /// <param name="name">The weight's name in <see cref="ParameterVector"/>.</param>
    /// <param name="input">Rows x positions x inputs.</param>
    /// <param name="weight">Outputs x inputs.</param>
    public Tensor Through(string name, Tensor input, Tensor weight)
    {
        var output = F.linear(input, weight);
        _layers.Add(new LinearTap(name, input, output));
        return output;
    }
}

/// <summary>Both sides of a linear layer.</summary>
/// <param name="Name">The weight's name in <see cref="ParameterVector"/>.</param>
/// <param name="Input">Rows x positions x inputs.</param>
/// <param name="Output">Rows x positions x outputs.</param>
internal sealed record LinearTap(string Name, Tensor Input, Tensor Output);
