using CognitiveTools.Lab.Learning.Data;
using CognitiveTools.Lab.Learning.LibTorch;
using CognitiveTools.Lab.Learning.Networks;
using CognitiveTools.Randomness;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace CognitiveTools.Lab.Learning.Objectives;

/// <summary>
/// One-Tower LCM (arXiv 2412.08821, section 2.3.2): from a noisy concept, its step t and the concepts before it the clean one is predicted,
/// <code>
/// loss = mean |x - f(x_t, t, before)|^2,   x_t = sqrt(a_t) x + sqrt(1 - a_t) z
/// a_t = cos^2((t / T + s) / (1 + s) pi / 2), scaled to a_0 = 1
/// </code>
/// with t drawn for each concept, and a share of the problems without what stands before. A prediction goes from noise through some of the
/// steps (DDIM, Song et al. 2021, arXiv 2010.02502, deterministic), with guidance: <c>f = f0 + g (f1 - f0)</c>, whose deviation is partly
/// set back to that of f1 (Lin et al. 2024, arXiv 2305.08891).
/// </summary>
/// <param name="table">The lines.</param>
/// <param name="concepts">The concept of each line, lines x code.</param>
/// <param name="settings">Settings.</param>
internal sealed class ConceptDiffusion(LineTable table, Tensor concepts, DiffusionSettings settings) : IConceptObjective
{
    private const double Offset = 0.008;

    private readonly double[] _kept = [.. Enumerable.Range(0, settings.Steps + 1).Select(step => Kept((double)step / settings.Steps))];

    /// <inheritdoc/>
    public int Queries => settings.Guidance == 1 ? settings.Inference : 2 * settings.Inference;

    /// <inheritdoc/>
    public Tensor Loss(ConceptModel network, Batch batch, SeededRandom random)
    {
        var laid = new ConceptBatch(table, batch, network.Device);
        var (rows, clean) = (laid.Rows, laid.Of(concepts));
        var steps = Array.ConvertAll(new long[rows * laid.Length], _ => (long)random.Between(1, settings.Steps));
        var alone = Array.ConvertAll(new bool[rows], _ => random.NextDouble() < settings.Drop);
        var kept = tensor(Array.ConvertAll(steps, step => _kept[step]), rows, laid.Length, 1).to(clean.dtype).to(clean.device);
        var noisy = (kept.sqrt() * clean).Plus((-kept).Plus(Scalars.Of(1)).sqrt() * NormalNoise.Like(clean, random));
        var levels = tensor(steps, rows, laid.Length).to(clean.device).sub(Scalars.Of(1));
        var hidden = network.Query(clean, noisy, levels, tensor(alone, device: clean.device));
        return F.mse_loss(network.Logits(laid.Learned(hidden)), laid.Learned(clean));
    }

    /// <inheritdoc/>
    public Tensor Next(ConceptModel network, GrowingCache cache, Tensor hidden, SeededRandom random)
    {
        using var scope = NewDisposeScope();
        var x = NormalNoise.Of([hidden.shape[0], network.Shape.Code], random, hidden.dtype, hidden.device).mul(Scalars.Of(settings.Start));
        var found = x;
        for (var i = settings.Inference; i > 0; i--)
        {
            var (step, next) = (At(i), At(i - 1));
            found = Denoise(network, cache, x, step);
            var noise = (x - found.mul(Scalars.Of(Math.Sqrt(_kept[step])))).div(Scalars.Of(Math.Sqrt(1 - _kept[step])));
            x = found.mul(Scalars.Of(Math.Sqrt(_kept[next]))).Plus(noise.mul(Scalars.Of(Math.Sqrt(1 - _kept[next]))));
        }

        return found.MoveToOuterDisposeScope();

        int At(int number) => (int)Math.Round((double)number * settings.Steps / settings.Inference);
    }

    private Tensor Denoise(ConceptModel network, GrowingCache cache, Tensor x, int step)
    {
        var seeing = network.Logits(network.Query(cache, cache.Length, x, step - 1));
        if (settings.Guidance == 1)
            return seeing;
        var blind = network.Logits(network.Query(null, cache.Length, x, step - 1));
        var guided = blind.Plus((seeing - blind).mul(Scalars.Of(settings.Guidance)));
        var rescaled = guided * seeing.std(-1, keepdim: true) / guided.std(-1, keepdim: true);
        return rescaled.mul(Scalars.Of(settings.Rescale)).Plus(guided.mul(Scalars.Of(1 - settings.Rescale)));
    }

    // The cosine schedule of Nichol and Dhariwal 2021, arXiv 2102.09672; never quite 0, because it is divided by its root's complement.
    private static double Kept(double share) => Math.Max(1e-4, Cosine(share) / Cosine(0));

    private static double Cosine(double share) => Math.Pow(Math.Cos((share + Offset) / (1 + Offset) * Math.PI / 2), 2);
}
