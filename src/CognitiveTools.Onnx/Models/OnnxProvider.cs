namespace CognitiveTools.Onnx.Models;

/// <summary>What runs the graphs of an ONNX model.</summary>
public enum OnnxProvider
{
    /// <summary>CUDA if this build of ONNX Runtime has it and a device is present; otherwise the CPU. The model says which.</summary>
    Auto,

    /// <summary>The CPU.</summary>
    Cpu,

    /// <summary>A CUDA device. A model is refused when this build or machine has none.</summary>
    Cuda,
}
