using System.Text.Json.Nodes;
using CognitiveTools.Evals.Statistics;
using CognitiveTools.Lab.Learning.Data;
using CognitiveTools.Lab.Problems.Generation;

namespace CognitiveTools.Lab.Learning.Concepts;

/// <summary>What one arm did in one part of a study.</summary>
/// <param name="Arm">Name of the arm.</param>
/// <param name="Part">Name of the part.</param>
/// <param name="Problems">For each problem what became of it.</param>
internal sealed record ArmFigures(string Arm, string Part, IReadOnlyList<ProblemFigures> Problems)
{
    /// <summary>Grades what an arm wrote.</summary>
    public static ArmFigures Grade(ILineSolver solver, StudyPart part, LineCutter cutter) => new(
        solver.Name,
        part.Name,
        [.. solver.Solve(part.Asked).Zip(part.Problems, (answer, problem) => new ProblemFigures(
            problem.Steps,
            answer.IsRight(problem),
            answer.Lines.Count > 0 && cutter.IsAnswer(answer.Lines[^1]),
            answer.Lines.Count,
            answer.Lines.Count(line => !PrimitiveLine.Holds(cutter.Text(line))),
            answer.Positions,
            answer.Multiplications))]);

    /// <summary>The figures: counts, intervals of 95% after Wilson, mean costs, and the same counts by steps.</summary>
    /// <param name="others">Arms with which this one is compared, problem by problem (McNemar, exact).</param>
    public JsonObject Describe(IEnumerable<ArmFigures> others)
    {
        var invalid = Count(static one => one.Invalid > 0);
        return new JsonObject
        {
            ["arm"] = Arm,
            ["part"] = Part,
            ["n"] = Problems.Count,
            ["right"] = Count(static one => one.IsRight),
            ["rightInterval"] = Within(Count(static one => one.IsRight)),
            ["lines"] = Problems.Sum(static one => one.Lines),
            ["invalidLines"] = Problems.Sum(static one => one.Invalid),
            ["withInvalidLine"] = invalid,
            ["withInvalidLineInterval"] = Within(invalid),
            ["withoutEnd"] = Count(static one => !one.IsEnded),
            ["positions"] = Math.Round(Problems.Average(static one => (double)one.Positions), 1),
            ["multiplications"] = Math.Round(Problems.Average(static one => (double)one.Multiplications)),
            ["against"] = new JsonObject(others.Select(other => KeyValuePair.Create(other.Arm, (JsonNode?)Compare(other)))),
            ["bySteps"] = new JsonObject(Problems.GroupBy(static one => one.Steps).OrderBy(static group => group.Key)
                .Select(static group => KeyValuePair.Create($"{group.Key}", (JsonNode?)OfSteps([.. group])))),
        };
    }

    /// <summary>The interval of 95% after Wilson of a share.</summary>
    public static JsonArray Within(int count, int of)
    {
        var interval = Wilson.Of(count, of);
        return [Math.Round(interval.Low, 4), Math.Round(interval.High, 4)];
    }

    private static JsonObject OfSteps(ProblemFigures[] problems) => new()
    {
        ["n"] = problems.Length,
        ["right"] = problems.Count(static one => one.IsRight),
        ["lines"] = problems.Sum(static one => one.Lines),
        ["invalidLines"] = problems.Sum(static one => one.Invalid),
    };

    private JsonObject Compare(ArmFigures other)
    {
        var better = Problems.Zip(other.Problems).Count(static pair => pair.First.IsRight && !pair.Second.IsRight);
        var worse = Problems.Zip(other.Problems).Count(static pair => !pair.First.IsRight && pair.Second.IsRight);
        return new JsonObject { ["better"] = better, ["worse"] = worse, ["p"] = McNemar.Exact(better, worse) };
    }

    private int Count(Func<ProblemFigures, bool> which) => Problems.Count(which);

    private JsonArray Within(int count) => Within(count, Problems.Count);
}
