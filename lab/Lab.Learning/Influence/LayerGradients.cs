using TorchSharp;
using static TorchSharp.torch;

namespace CognitiveTools.Lab.Learning.Influence;

/// <summary>What a linear layer's gradients are made of, record by record.</summary>
/// <param name="Name">The weight's name.</param>
/// <param name="Inputs">Records x positions x inputs, zero at padding.</param>
/// <param name="Outputs">Gradients of the records' losses by the layer's outputs, records x positions x outputs.</param>
internal sealed record LayerGradients(string Name, Tensor Inputs, Tensor Outputs)
{
    /// <summary>The gradient of each record's loss by the weight, <c>sum of g x^T over positions</c>: records x outputs x inputs.</summary>
    public Tensor PerRecord() => bmm(Outputs.transpose(1, 2), Inputs);
}
