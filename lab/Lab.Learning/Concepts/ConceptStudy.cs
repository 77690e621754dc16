using System.Text.Json.Nodes;
using CognitiveTools.Lab.Learning.Data;
using CognitiveTools.Lab.Learning.Networks;
using TorchSharp;

namespace CognitiveTools.Lab.Learning.Concepts;

/// <summary>Compares concept models with token models on the same problems.</summary>
/// <param name="cutter">Cuts what is written.</param>
/// <param name="tokens">The token models.</param>
/// <param name="concepts">The concept models.</param>
internal sealed class ConceptStudy(LineCutter cutter, IReadOnlyList<TokenSolver> tokens, IReadOnlyList<ConceptSolver> concepts)
{
    /// <summary>Gets a line when an arm is through a part.</summary>
    public Action<string> Progress { get; init; } = static _ => { };

    /// <summary>Parameters of every arm, the coder's included.</summary>
    public JsonObject Parameters => new(((IEnumerable<ILineSolver>)[.. tokens, .. concepts])
        .Select(static solver => KeyValuePair.Create(solver.Name, (JsonNode?)solver.Parameters)));

    /// <summary>
    /// Figures of every arm in every part, in the order of parts. An arm that reads its lines again is left out of controls, because it
    /// differs from its twin in what follows the first line alone.
    /// </summary>
    public JsonArray Measure(IEnumerable<StudyPart> parts, CancellationToken cancellationToken = default)
    {
        var figures = new JsonArray();
        foreach (var part in parts)
        {
            var baselines = tokens.Select(solver => Grade(solver, part, cancellationToken)).ToArray();
            foreach (var one in baselines)
                Add(figures, one, baselines.Where(other => other != one));
            foreach (var solver in concepts.Where(solver => !(part.IsControl && solver.Reads)))
                Add(figures, Grade(solver, part, cancellationToken), baselines);
        }

        return figures;
    }

    /// <summary>How many lines a coder writes exactly as it read them: all, and those that the training corpus has nowhere.</summary>
    /// <param name="coder">The coder.</param>
    /// <param name="stop">The token that ends a line.</param>
    /// <param name="table">The training corpus.</param>
    /// <param name="lines">The lines.</param>
    /// <param name="change">What becomes of the codes on the way; nothing by default.</param>
    public static JsonObject Reconstruct(
        LineCoder coder, int stop, LineTable table, IReadOnlyList<IReadOnlyList<int>> lines,
        Func<torch.Tensor, torch.Tensor>? change = null)
    {
        var exact = Reconstruction.Exact(coder, lines, stop, change);
        return new JsonObject
        {
            ["all"] = Of(exact),
            ["unseen"] = Of([.. exact.Where((_, i) => !table.Has(lines[i]))]),
        };

        static JsonObject Of(bool[] exact)
        {
            var right = exact.Count(static one => one);
            var part = new JsonObject { ["n"] = exact.Length, ["exact"] = right };
            if (exact.Length > 0)
                part["interval"] = ArmFigures.Within(right, exact.Length);
            return part;
        }
    }

    private ArmFigures Grade(ILineSolver solver, StudyPart part, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var figures = ArmFigures.Grade(solver, part, cutter);
        Progress($"{part.Name}: {solver.Name}: {figures.Problems.Count(static one => one.IsRight)} of {figures.Problems.Count} right");
        return figures;
    }

    private static void Add(JsonArray all, ArmFigures one, IEnumerable<ArmFigures> others) => all.Add((JsonNode)one.Describe(others));
}
