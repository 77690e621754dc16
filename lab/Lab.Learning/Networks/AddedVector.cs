using CognitiveTools.Lab.Learning.LibTorch;
using CognitiveTools.Llama.Steering;
using CognitiveTools.Randomness;
using CognitiveTools.Steering;
using TorchSharp;
using static TorchSharp.torch;

namespace CognitiveTools.Lab.Learning.Networks;

/// <summary>
/// One vector that is added to the residual stream behind one layer (Sinii et al. 2025, arXiv 2509.06608):
/// <c>h_l := h_l + v</c> from the prompt's last token on, as the engine steers with <c>when=always</c>. It starts as zeros, so the network
/// starts as it is. Leaves as a control vector.
/// </summary>
internal sealed class AddedVector : ITuning
{
    private const string Name = "vector";
    private readonly int _layer;
    private readonly Tensor _vector;

    /// <summary>Creates a vector of zeros.</summary>
    /// <param name="layer">The layer as llama.cpp counts them, from 1; after the first block it cannot steer.</param>
    /// <param name="network">The network.</param>
    /// <exception cref="ArgumentOutOfRangeException">The network has no such layer.</exception>
    public AddedVector(int layer, Decoder network)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(layer, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(layer, network.Shape.Layers);
        _layer = layer;
        Parameters = new ParameterVector(
            [(Name, 1, network.Shape.Width, 0)], [], new SeededRandom(0), network.Parameters.Values.dtype, network.Device);
        _vector = Parameters[Name];
    }

    /// <inheritdoc/>
    public ParameterVector Parameters { get; }

    /// <inheritdoc/>
    public Tensor Change(int layer, Tensor stream, int from)
    {
        if (layer != _layer)
            return stream;
        return from == 0
            ? stream.Plus(_vector)
            : cat([stream.narrow(1, 0, from), stream.narrow(1, from, stream.shape[1] - from).Plus(_vector)], 1);
    }

    /// <inheritdoc/>
    public void Write(string path, string model) => ControlVectorFile.Write(
        path,
        new ControlVector([KeyValuePair.Create(_layer, WeightsFile.Floats(_vector))]),
        model,
        new Dictionary<string, string>(StringComparer.Ordinal) { ["method"] = "one vector, learned; steer with when=always" });

    /// <inheritdoc/>
    public void Dispose() => Parameters.Dispose();
}
