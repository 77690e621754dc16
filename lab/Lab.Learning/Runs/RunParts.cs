using CognitiveTools.Files;
using CognitiveTools.Lab.Learning.Data;
using CognitiveTools.Lab.Learning.Networks;
using CognitiveTools.Lab.Learning.Objectives;
using CognitiveTools.Randomness;
using TorchSharp;

namespace CognitiveTools.Lab.Learning.Runs;

/// <summary>The objective and the course that a run's file names.</summary>
/// <param name="Objective">What is minimised.</param>
/// <param name="Course">What is learned when.</param>
internal sealed record RunParts(IObjective Objective, ICourse Course)
{
    private const string NextTokenKind = "next-token", CoconutKind = "coconut", PauseKind = "pause", StepDecodedKind = "step-decoded";
    private const string CodiKind = "codi", SuperpositionKind = "superposition", SuperpositionPauseKind = "superposition-pause";

    /// <summary>Reads both.</summary>
    /// <param name="run">The run.</param>
    /// <param name="corpora">Folder of the corpora.</param>
    /// <param name="output">Folder of the run's files.</param>
    /// <param name="device">Where it computes.</param>
    /// <exception cref="InvalidDataException">There is no such kind, or a key of it is wrong.</exception>
    public static RunParts Read(RunFile run, string corpora, string output, torch.Device device)
    {
        if (run.Objective.Required("kind") == NextTokenKind)
        {
            run.Objective.Allow("kind");
            return new RunParts(new NextToken(), Verbal(run, corpora));
        }

        if (run.Course.Required("kind") == GraphCourse.Kind)
        {
            var search = Search(run);
            return new RunParts(search, new GraphCourse(run, corpora, search));
        }

        var (objective, cutter) = Latent(run, device);
        return run.Course.Required("kind") switch
        {
            StageCourse.Kind => new RunParts(objective, new StageCourse(run, corpora, output, objective, cutter)),
            RowCourse.Kind => new RunParts(objective, new RowCourse(run, corpora, objective, cutter)),
            var other => throw run.Course.Wrong(
                "kind", $"'{other}' is not a course with thoughts; there are '{StageCourse.Kind}' and '{RowCourse.Kind}'."),
        };
    }

    private static ICourse Verbal(RunFile run, string corpora) => run.Course.Required("kind") switch
    {
        TokenCourse.Kind => new TokenCourse(run, corpora),
        RowCourse.Kind => new RowCourse(run, corpora, null, new SolutionCutter(run.Words, SolutionUnit.Token)),
        var other => throw run.Course.Wrong(
            "kind", $"'{other}' is not a course for '{NextTokenKind}'; there are '{TokenCourse.Kind}' and '{RowCourse.Kind}'."),
    };

    private static (ILatentObjective Objective, SolutionCutter Cutter) Latent(RunFile run, torch.Device device)
    {
        var map = run.Objective;
        map.Allow("kind", "unit", "weight", "layers");
        var unit = map.Text("unit") ?? nameof(SolutionUnit.Primitive);
        var cutter = Enum.TryParse<SolutionUnit>(unit, ignoreCase: true, out var known)
            ? new SolutionCutter(run.Words, known)
            : throw map.Wrong("unit", $"there is no unit '{unit}'; there are primitive, primitiveOrNumber, step, sentence and token.");
        var weight = map.Number("weight", 0) ?? 1;
        ILatentObjective objective = map.Required("kind") switch
        {
            CoconutKind => new Coconut(cutter),
            PauseKind => new Pause(cutter),
            CodiKind => new Codi(cutter, weight),
            StepDecodedKind => new StepDecoded(cutter, Reader(run, map, device), weight),
            var other => throw map.Wrong("kind", $"there is no objective '{other}'; there are {NextTokenKind}, {CoconutKind}, {PauseKind}, "
                + $"{StepDecodedKind}, {CodiKind}, and on graphs {SuperpositionKind}, {SuperpositionPauseKind}."),
        };
        return (objective, cutter);
    }

    private static Superposition Search(RunFile run)
    {
        run.Objective.Allow("kind", "queries");
        var kind = run.Objective.Required("kind");
        return kind is SuperpositionKind or SuperpositionPauseKind
            ? new Superposition(run.Words, run.Objective.Number("queries", 0) ?? 1, kind == SuperpositionPauseKind)
            : throw run.Objective.Wrong("kind", $"the course '{GraphCourse.Kind}' needs {SuperpositionKind} or {SuperpositionPauseKind}.");
    }

    private static Decoder Reader(RunFile run, YamlMap map, torch.Device device) => new(
        run.Shape with { Layers = map.Whole("layers", 1) ?? 1 }, SeededRandom.For(run.Seed, "reader"), device: device);
}
