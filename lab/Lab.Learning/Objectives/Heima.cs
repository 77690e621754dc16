using CognitiveTools.Lab.Learning.Data;
using CognitiveTools.Lab.Learning.LibTorch;
using CognitiveTools.Lab.Learning.Networks;
using CognitiveTools.Randomness;
using TorchSharp;
using static TorchSharp.torch;

namespace CognitiveTools.Lab.Learning.Objectives;

/// <summary>
/// Heima (2025, arXiv 2501.19201) on text: the first k stages of a worked solution become one ordinary thinking token each, and an
/// interpreter writes a stage out again from the last hidden state at its token:
/// <c>L = L_encoder + w mean log-loss of the text of stage j given the question and stop(h_j)</c>, with one stage j of the first k drawn
/// for each solution. <c>h_j</c>, behind the last norm, stands in place of the token's embedding.
/// </summary>
/// <remarks>
/// The paper's encoder reads images and its interpreter is a second language model, trained after it. Here one network is both, under two
/// prompts, and learns both at once, so that one file of weights holds them. The states are detached: they are what the answer needs, and
/// are not shaped by being read, as in the paper. The interpreter sees the question, so that it may write a stage without any state. Hence
/// its controls: in half of the readings (<paramref name="blank"/>) the token's own embedding stays, so that the interpreter is trained as
/// much without a state as with one; and the state of another problem, which is never trained.
/// </remarks>
/// <param name="cutter">Cuts the solutions.</param>
/// <param name="weight">Weight of the interpreter's term.</param>
/// <param name="blank">Share of the readings in which the token's own embedding stays.</param>
internal sealed class Heima(StageCutter cutter, double weight = 1, double blank = 0.5) : IObjective<Decoder>
{
    /// <summary>The network whose states are read, when it is not the one that learns.</summary>
    public Decoder? Encoder { get; init; }

    /// <inheritdoc/>
    public Tensor Loss(Decoder network, Batch batch, SeededRandom random)
    {
        StagedSolution[] solutions = [.. batch.Rows.Select(row => cutter.Cut(batch.File, row))];
        var said = new StagedBatch(solutions, batch.Thoughts, cutter, network.Device);
        var hidden = network.Forward(network.Embed(said.Ids));
        var loss = NextToken.CrossEntropy(network, hidden, said.Positions, said.Targets);
        if (batch.Thoughts == 0)
            return loss;
        var drawn = solutions.Select(_ => (Stage: random.Below(batch.Thoughts), IsBlank: random.NextDouble() < blank)).ToArray();
        int[] stages = [.. drawn.Select(static one => one.Stage)];
        var seen = Encoder is { } other ? other.Forward(other.Embed(said.Ids)) : hidden;
        var readings = new StageReadings(solutions, stages, cutter, network.Device);
        var read = readings.Forward(network, said.States(seen, stages).detach(), [.. drawn.Select(static one => one.IsBlank)]);
        return loss.Plus(NextToken.CrossEntropy(network, read, readings.Positions, readings.Targets).mul(Scalars.Of(weight)));
    }
}
