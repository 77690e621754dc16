using CognitiveTools.Lab.Learning.Data;
using CognitiveTools.Lab.Learning.Networks;
using CognitiveTools.Lab.Learning.Objectives;
using CognitiveTools.Randomness;
using TorchSharp;
using static TorchSharp.torch;

namespace CognitiveTools.Lab.Learning.Concepts;

/// <summary>
/// A concept model that writes solutions: the lines of a question are encoded, concepts are predicted one after another, and each is
/// decoded into a line until one is an answer. What follows a prediction sees the predicted concept itself, or the code of the
/// line that it was decoded into.
/// </summary>
/// <param name="name">Name of the arm.</param>
/// <param name="coder">Encoder and decoder of lines.</param>
/// <param name="network">The concept model.</param>
/// <param name="objective">How it predicts.</param>
/// <param name="cutter">Knows lines.</param>
internal sealed class ConceptSolver(
    string name, LineCoder coder, ConceptModel network, IConceptObjective objective, LineCutter cutter) : ILineSolver
{
    private const int RowsAtOnce = 256;

    /// <summary>Whether lines are read again.</summary>
    public bool Reads { get; init; }

    /// <summary>Most lines of a solution.</summary>
    public int MostLines { get; init; } = 32;

    /// <summary>Fixes what is drawn.</summary>
    public ulong Seed { get; init; } = 1;

    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public long Parameters => coder.Parameters.Count + network.Parameters.Count;

    /// <inheritdoc/>
    public IReadOnlyList<LinedAnswer> Solve(IReadOnlyList<LinedProblem> problems)
    {
        var (answers, random) = (new LinedAnswer[problems.Count], SeededRandom.For(Seed, "concepts"));
        // Of equal length, so that nothing is padding.
        foreach (var group in Enumerable.Range(0, problems.Count).GroupBy(i => problems[i].Question.Count))
        {
            foreach (var rows in group.Chunk(RowsAtOnce))
            {
                foreach (var (row, answer) in rows.Zip(SolveTogether([.. rows.Select(row => problems[row].Question)], random)))
                    answers[row] = answer;
            }
        }

        return answers;
    }

    private LinedAnswer[] SolveTogether(IReadOnlyList<int[]>[] questions, SeededRandom random)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var asked = questions[0].Count;
        var lines = Array.ConvertAll(questions, static _ => new List<IReadOnlyList<int>>());
        var rows = Enumerable.Range(0, questions.Length).ToArray();
        var cache = new GrowingCache();
        var known = asked == 0
            ? zeros(rows.Length, 0, network.Shape.Code, device: network.Device)
            : Concepts([.. questions.SelectMany(static question => question)]).view(rows.Length, asked, -1);
        var hidden = network.Follow(known, cache).select(1, asked);
        var most = Math.Min(MostLines, network.Shape.Context - 1 - asked);
        for (var step = 0; step < most; step++)
        {
            var concepts = objective.Next(network, cache, hidden, random);
            var decoded = coder.Decode(network.Restore(concepts), cutter.Stop);
            for (var i = 0; i < rows.Length; i++)
                lines[rows[i]].Add(decoded[i]);
            var open = Enumerable.Range(0, rows.Length).Where(i => !cutter.IsAnswer(decoded[i])).ToArray();
            if (open.Length == 0 || step + 1 == most)
                break;
            var kept = tensor(open.Select(static i => (long)i).ToArray(), device: network.Device);
            if (open.Length < rows.Length)
                cache = cache.Select(kept);
            // A line without tokens has no code; its end stands for it.
            var next = Reads
                ? Concepts([.. open.Select(i => decoded[i] is [] ? [cutter.Stop] : decoded[i])])
                : concepts.index_select(0, kept);
            rows = [.. open.Select(i => rows[i])];
            hidden = network.Follow(next.unsqueeze(1), cache).squeeze(1);
        }

        return [.. questions.Zip(lines, Answer)];
    }

    private Tensor Concepts(IReadOnlyList<IReadOnlyList<int>> lines) => network.Standardise(coder.Encode(lines));

    private LinedAnswer Answer(IReadOnlyList<int[]> question, List<IReadOnlyList<int>> lines)
    {
        // The last line is predicted, and nothing behind it.
        var concepts = 1 + question.Count + lines.Count - 1 + (long)lines.Count * objective.Queries;
        long read = question.Sum(static line => line.Length) + (Reads ? lines.SkipLast(1).Sum(static line => line.Count) : 0);
        var written = lines.Sum(static line => line.Count + 1L);
        return new LinedAnswer(
            lines,
            concepts + read + written,
            concepts * network.WorkOfPosition + read * coder.WorkOfReading + written * coder.WorkOfWriting);
    }
}
