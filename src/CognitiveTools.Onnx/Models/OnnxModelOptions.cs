using CognitiveTools.Depth;

namespace CognitiveTools.Onnx.Models;

/// <summary>Which recurrent-depth model to load, and how to run it.</summary>
public sealed class OnnxModelOptions
{
    /// <summary>The model's manifest, <c>NAME.json</c>.</summary>
    public string Path { get; set; } = "";

    /// <summary>How often the core is applied.</summary>
    /// <value>The default, <see langword="null"/>, is the mean of the model's training.</value>
    public DepthPolicy? Depth { get; set; }

    /// <summary>Threads of one graph.</summary>
    /// <value>The default is 1: the reference models are too small for more threads.</value>
    public int Threads { get; set; } = 1;

    /// <summary>Fixes the state before the first application.</summary>
    /// <value>The default is 0.</value>
    public int Seed { get; set; }

    /// <summary>What runs the graphs.</summary>
    /// <value>The default is <see cref="OnnxProvider.Auto"/>.</value>
    /// <remarks>
    /// CUDA needs a build with <c>-p:CognitiveToolsBackend=Cuda12</c>. Its speed has not been measured: caches stay in host memory, so they
    /// are copied to the device for every application.
    /// </remarks>
    public OnnxProvider Provider { get; set; }

    /// <summary>Number of the CUDA device.</summary>
    /// <value>The default is 0.</value>
    public int CudaDevice { get; set; }
}
