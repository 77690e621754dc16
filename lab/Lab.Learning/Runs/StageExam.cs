using System.Text.Json.Nodes;
using CognitiveTools.Lab.Learning.Data;
using CognitiveTools.Lab.Learning.Networks;
using CognitiveTools.Lab.Learning.Objectives;
using CognitiveTools.Lab.Training.Corpora;
using TorchSharp;
using static TorchSharp.torch;

namespace CognitiveTools.Lab.Learning.Runs;

/// <summary>
/// Examines Heima: the answers behind the thinking tokens, and for each collapsed stage the share of texts that the interpreter writes out
/// exactly: from the stage's state, without it (the token's own embedding), and from the state of another problem.
/// </summary>
/// <param name="cutter">Cuts the solutions.</param>
/// <param name="heldOut">Conversations that are not learned from.</param>
/// <param name="problems">How many of them at most.</param>
internal sealed class StageExam(StageCutter cutter, TokenFile heldOut, int problems) : IRowExam
{
    private const int RowsAtOnce = 64, Limit = 200;

    private readonly StagedSolution[] _probe =
        [.. Enumerable.Range(0, Math.Min(heldOut.Count, problems)).Select(row => cutter.Cut(heldOut, row))];

    /// <inheritdoc/>
    public int MostThoughts => cutter.Tokens.Count;

    /// <inheritdoc/>
    public JsonObject Begin(Decoder network)
    {
        network.BeginAs(cutter.Marks);
        return new JsonObject { ["held_out"] = _probe.Length };
    }

    /// <inheritdoc/>
    public double Examine(JsonObject report, Decoder network, int thoughts)
    {
        var texts = new Sampler(network, cutter.Stop) { Limit = Limit }.Continue([.. _probe.Select(static solution => solution.Prompt)]);
        var exact = Share(_probe.Where((solution, i) => texts[i].SequenceEqual(cutter.Text(solution, thoughts)[..^1])).Count());
        report["exact"] = exact;
        report["answers"] = Share(
            _probe.Where((solution, i) => texts[i].TakeLast(solution.Answer.Length).SequenceEqual(solution.Answer)).Count());
        for (var stage = 0; stage < thoughts; stage++)
        {
            var (own, none, other) = Read(network, stage, thoughts);
            var name = HeimaVocabulary.ThinkingTokens[stage].Trim('<', '|', '>');
            report[name] = new JsonObject { ["own"] = own, ["none"] = none, ["other"] = other };
        }

        return exact;
    }

    private (double Own, double None, double Other) Read(Decoder network, int stage, int thoughts)
    {
        using var scope = NewDisposeScope();
        using var frozen = inference_mode(true);
        var (own, none, other) = (0, 0, 0);
        foreach (var rows in _probe.Chunk(RowsAtOnce))
        {
            using var inner = NewDisposeScope();
            int[] stages = [.. rows.Select(_ => stage)];
            var said = new StagedBatch(rows, thoughts, cutter, network.Device);
            var states = said.States(network.Forward(network.Embed(said.Ids)), stages);
            var readings = new StageReadings(rows, stages, cutter, network.Device);
            bool[] kept = new bool[rows.Length], blank = [.. rows.Select(static _ => true)];
            own += readings.Exact(network, states, kept).Count(static one => one);
            none += readings.Exact(network, states, blank).Count(static one => one);
            other += readings.Exact(network, states.roll(1, 0), kept).Count(static one => one);
        }

        return (Share(own), Share(none), Share(other));
    }

    private double Share(int right) => Math.Round((double)right / _probe.Length, 3);
}
