namespace CognitiveTools.Onnx.Models;

/// <summary>What runs the graphs of an ONNX model.</summary>
public enum OnnxProvider
{
    /// <summary>CUDA where this build of ONNX Runtime has it and a device answers; otherwise the CPU. The model says which.</summary>
    Auto,

    /// <summary>The CPU.</summary>
    Cpu,

    /// <summary>A CUDA device. Where this build or machine has none, the model is refused.</summary>
    Cuda,
}
