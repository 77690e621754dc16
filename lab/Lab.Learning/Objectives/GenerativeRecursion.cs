using CognitiveTools.Lab.Learning.Data;
using CognitiveTools.Lab.Learning.LibTorch;
using CognitiveTools.Lab.Learning.Networks;
using CognitiveTools.Randomness;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace CognitiveTools.Lab.Learning.Objectives;

/// <summary>
/// GRAM (arXiv 2605.19376) with deep supervision: a trajectory of N steps of supervision, after each of which the weights change. A step is
/// T transitions, of which the last one alone has gradients, and its loss is
/// <code>
/// -log p(y | h) + beta (0.8 KL(sg q || p) + 0.2 KL(q || sg p)) + w (v(h) - [the answer is a valid completion])^2
/// </code>
/// with epsilon drawn from the posterior q in this last transition alone, and from the prior p in those before: what q told in a transition
/// without a divergence in the loss would be told for nothing, and the prior would never learn to say it. Cross entropy is the mean over
/// rows and cells; KL is summed over the width and averaged over rows and cells. A share of the rows goes without a solution, by the prior,
/// as the model is used: these teach the value head alone, which would otherwise never see a trajectory that went wrong.
/// </summary>
/// <param name="rows">The rows of the corpus.</param>
/// <param name="steps">Steps of supervision (N).</param>
/// <param name="beta">Weight of the divergence.</param>
/// <param name="value">Weight of the value head's loss.</param>
/// <param name="unguided">Share of the rows that go by the prior.</param>
internal sealed class GenerativeRecursion(QueensRows rows, int steps, double beta, double value, double unguided) : IObjective<Gram>
{
    private const double TowardsPosterior = 0.8;

    /// <summary>Steps of supervision.</summary>
    public int Steps => steps;

    /// <inheritdoc/>
    /// <remarks>The sum of the steps' losses, without a change of the weights between them.</remarks>
    public Tensor Loss(Gram network, Batch batch, SeededRandom random)
    {
        var (state, loss) = (network.Start(batch.Rows.Count, random), (Tensor?)null);
        for (var i = 0; i < steps; i++)
        {
            (state, var ofStep) = Step(network, batch, state, random);
            loss = loss is null ? ofStep : loss.Plus(ofStep);
        }

        return loss!;
    }

    /// <inheritdoc/>
    public IEnumerable<Tensor> Losses(Gram network, Batch batch, SeededRandom random)
    {
        var state = network.Start(batch.Rows.Count, random);
        for (var i = 0; i < steps; i++)
        {
            using var scope = NewDisposeScope();
            (state, var loss) = Step(network, batch, state, random);
            state = new GramState(state.High.MoveToOuterDisposeScope(), state.Low.MoveToOuterDisposeScope());
            yield return loss;
        }
    }

    private (GramState State, Tensor Loss) Step(Gram network, Batch batch, GramState state, SeededRandom random)
    {
        var shape = network.Shape;
        var count = batch.Rows.Count;
        var guided = count - (int)(count * unguided);
        var given = rows.Givens(batch.Rows).to(network.Device);
        var solution = rows.Solutions(batch.Rows).to(network.Device);
        var told = arange(Scalars.Of(count), device: network.Device).lt(Scalars.Of(guided)).view(-1, 1, 1);
        using (no_grad())
        {
            var e = network.Read(given);
            for (var i = 1; i < shape.Transitions; i++)
                state = network.Transition(state, e, random);
        }

        var (next, prior, posterior) = Transition(network, state, network.Read(given), network.ReadTarget(solution), told, random);
        var logits = network.Logits(next.High);
        var loss = F.cross_entropy(
            logits.narrow(0, 0, guided).flatten(0, 1), solution.narrow(0, 0, guided).flatten().sub(Scalars.Of(1)));
        if (posterior is not null)
            loss = loss.Plus(Divergence(prior, posterior, guided).mul(Scalars.Of(beta)));
        var right = QueensRows.Boards(logits).Select((board, i) => board.Completes(rows.Given(batch.Rows[i])) ? 1f : 0f).ToArray();
        var valued = network.Value(next.High) - tensor(right, device: network.Device).to(network.Type);
        loss = loss.Plus(valued.square().mean().mul(Scalars.Of(value)));
        return (new GramState(next.High.detach(), next.Low.detach()), loss);
    }

    private static (GramState State, GramNormal Prior, GramNormal? Posterior) Transition(
        Gram network, GramState state, Tensor e, Tensor target, Tensor told, SeededRandom random)
    {
        var (u, low) = network.Advance(state, e);
        var prior = network.Prior(u);
        if (!network.Shape.IsNoisy)
            return (new GramState(u.Plus(prior.Mean), low), prior, null);
        var (posterior, noise) = (network.Posterior(u, target), network.Noise(u.shape[0], random));
        return (new GramState(u.Plus(where(told, posterior.At(noise), prior.At(noise))), low), prior, posterior);
    }

    // Which of the two distributions learns from the other is shared out (KL balancing, Hafner et al. 2021, arXiv 2010.02193).
    private static Tensor Divergence(GramNormal prior, GramNormal posterior, int guided)
    {
        var (p, q) = (First(prior), First(posterior));
        return Kl(Stopped(q), p).mul(Scalars.Of(TowardsPosterior)).Plus(Kl(q, Stopped(p)).mul(Scalars.Of(1 - TowardsPosterior)));

        GramNormal First(GramNormal all) => new(all.Mean.narrow(0, 0, guided), all.LogSigma.narrow(0, 0, guided));

        static GramNormal Stopped(GramNormal normal) => new(normal.Mean.detach(), normal.LogSigma.detach());

        static Tensor Kl(GramNormal q, GramNormal p)
        {
            var half = Scalars.Of(0.5);
            var ratio = (q.LogSigma - p.LogSigma).mul(Scalars.Of(2)).exp();
            var apart = (q.Mean - p.Mean).square() * p.LogSigma.mul(Scalars.Of(-2)).exp();
            return (p.LogSigma - q.LogSigma).Plus(ratio.Plus(apart).sub(Scalars.Of(1)).mul(half)).sum(-1).mean();
        }
    }
}
