using CognitiveTools.Lab.Learning.Networks;
using TorchSharp;

namespace CognitiveTools.Lab.Learning.Objectives;

/// <summary>An objective whose network has thoughts between prompt and text.</summary>
internal interface ILatentObjective : IObjective<Decoder>
{
    /// <summary>From the last hidden states (rows x 1 x width) the next inputs.</summary>
    Func<torch.Tensor, torch.Tensor> Thinker(Decoder network);
}
