using System.Text.Json.Nodes;
using CognitiveTools.Lab.Learning.Data;
using CognitiveTools.Lab.Learning.Networks;
using CognitiveTools.Lab.Learning.Objectives;
using TorchSharp;
using static TorchSharp.torch;

namespace CognitiveTools.Lab.Learning.Runs;

/// <summary>Examines networks with thoughts in place of units, and networks without thoughts.</summary>
/// <param name="objective">What is learned; <see langword="null"/> for a model without thoughts.</param>
/// <param name="cutter">Cuts the solutions.</param>
/// <param name="heldOut">Conversations that are not learned from.</param>
/// <param name="problems">How many of them at most.</param>
internal sealed class ThoughtExam(ILatentObjective? objective, SolutionCutter cutter, TokenFile heldOut, int problems) : IRowExam
{
    private readonly WorkedSolution[] _probe =
        [.. Enumerable.Range(0, Math.Min(heldOut.Count, problems)).Select(row => cutter.Cut(heldOut, row))];

    /// <inheritdoc/>
    public int MostThoughts => int.MaxValue;

    /// <inheritdoc/>
    public JsonObject Begin(Decoder network)
    {
        if (objective is null)
            return new JsonObject { ["resumed_at"] = 0 };
        network.BeginAs(cutter.Marks);
        return new JsonObject { ["held_out"] = _probe.Length };
    }

    /// <inheritdoc/>
    public double Examine(JsonObject report, Decoder network, int thoughts)
    {
        var exact = Exact(network, thoughts, objective?.Thinker(network));
        report["exact"] = exact;
        if (objective is not null and not Pause)
            report["zeroed"] = Exact(network, thoughts, static hidden => zeros_like(hidden));
        return exact;
    }

    private double Exact(Decoder network, int thoughts, Func<Tensor, Tensor>? think)
    {
        var sampler = think is null
            ? new Sampler(network, cutter.Stop) { Limit = 1 + _probe.Max(solution => cutter.Words(solution).Length) }
            : new Sampler(network, cutter.Stop) { Limit = 40, Thoughts = thoughts, Think = think, After = [cutter.End] };
        var texts = sampler.Continue([.. _probe.Select(solution => think is null ? solution.Prompt : solution.Thinking)]);
        var right = _probe.Where((solution, i) => texts[i].SequenceEqual(cutter.Text(solution, thoughts)[1..^1])).Count();
        return Math.Round((double)right / _probe.Length, 3);
    }
}
