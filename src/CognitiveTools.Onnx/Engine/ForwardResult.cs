using CognitiveTools.Latents;

namespace CognitiveTools.Onnx.Engine;

/// <summary>The result of forwarding rows: the prediction, and the keys and values that a sequence stores when it keeps the rows.</summary>
/// <param name="Prediction">After the last row.</param>
/// <param name="Prelude">New rows of the prelude's cache.</param>
/// <param name="Core">New rows of the core's cache, for each application.</param>
/// <param name="Coda">New rows of the coda's cache, after the last application.</param>
internal sealed record ForwardResult(Prediction Prediction, float[] Prelude, IReadOnlyList<float[]> Core, float[] Coda);
