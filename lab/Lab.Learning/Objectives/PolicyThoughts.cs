using CognitiveTools.Lab.Learning.Data;
using CognitiveTools.Lab.Learning.LibTorch;
using CognitiveTools.Lab.Learning.Networks;
using CognitiveTools.Randomness;
using TorchSharp;
using static TorchSharp.torch;

namespace CognitiveTools.Lab.Learning.Objectives;

/// <summary>
/// The thoughts of a policy between prompt and text: each is the last hidden state, behind the last norm, or the pause, plus noise of the
/// text's own (Butt et al. 2025, arXiv 2509.19170).
/// </summary>
/// <param name="cutter">Knows the marks around thoughts, and the pause.</param>
/// <param name="count">How many.</param>
/// <param name="isPause">Whether each is the pause's embedding, the control.</param>
/// <param name="noise">Deviation of the noise in each coordinate, as a share of the root mean square of the embeddings' coordinates.
/// </param>
internal sealed class PolicyThoughts(SolutionCutter cutter, int count, bool isPause, double noise)
{
    private readonly Coconut _hidden = new(cutter);
    private readonly Pause _pause = new(cutter);

    /// <summary>How many.</summary>
    public int Count => count;

    /// <summary>Whether the texts of one prompt think different thoughts.</summary>
    public bool IsNoisy => noise > 0;

    /// <summary>Whether each is the pause.</summary>
    public bool IsPause => isPause;

    /// <summary>Tokens that are fed behind the thoughts.</summary>
    public IReadOnlyList<int> After { get; } = [cutter.End];

    /// <summary>A request for a worked solution as one for thoughts, with the mark that begins them.</summary>
    public int[] Prompt(IReadOnlyList<int> prompt) => cutter.Thinking(prompt);

    /// <summary>From the last hidden states (rows x 1 x width) the next inputs without noise.</summary>
    public Func<Tensor, Tensor> Rule(Decoder network) => ((ILatentObjective)(isPause ? _pause : _hidden)).Thinker(network);

    /// <summary>Deviation of the noise in each coordinate, by the network's present embeddings.</summary>
    public double Deviation(Decoder network)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        return noise * Math.Sqrt(network.Embedding.square().mean().to(ScalarType.Float64).cpu().item<double>());
    }

    /// <summary>The noise of some texts, texts x thoughts x width; that of a text depends on the seed and its number alone.</summary>
    /// <param name="network">Gives the width, the kind of number and the device.</param>
    /// <param name="seed">Seed of the draw.</param>
    /// <param name="deviation">What <see cref="Deviation"/> gave when the texts were drawn.</param>
    /// <param name="texts">Numbers of the texts.</param>
    public Tensor Noise(Decoder network, ulong seed, double deviation, IReadOnlyList<int> texts)
    {
        var width = network.Shape.Width;
        var values = new float[texts.Count * count * width];
        for (var row = 0; row < texts.Count; row++)
        {
            var random = SeededRandom.For(seed, $"noise {texts[row]}");
            foreach (ref var value in values.AsSpan(row * count * width, count * width))
                value = (float)(deviation * SeededRandom.Normal(random));
        }

        return tensor(values, [texts.Count, count, width]).to(network.Embedding.dtype).to(network.Device);
    }

    /// <summary>Thinks, then reads the mark behind the thoughts.</summary>
    /// <param name="network">The network.</param>
    /// <param name="last">The hidden states at the end of the prompts, rows x 1 x width.</param>
    /// <param name="cache">The prompts; gets thoughts and mark.</param>
    /// <param name="hide">What must not be seen.</param>
    /// <param name="added">The noise, rows x thoughts x width; none when <see langword="null"/>.</param>
    /// <returns>The hidden states that predict the first tokens, rows x 1 x width.</returns>
    public Tensor Think(Decoder network, Tensor last, GrowingCache cache, Tensor hide, Tensor? added)
    {
        var rule = Rule(network);
        for (var i = 0; i < count; i++)
        {
            var thought = rule(last);
            last = network.Forward(added is null ? thought : thought.Plus(added.narrow(1, i, 1)), cache, hide);
        }

        var mark = full([last.shape[0], 1], Scalars.Of(cutter.End), dtype: ScalarType.Int64, device: network.Device);
        return network.Forward(network.Embed(mark), cache, hide);
    }
}
