using CognitiveTools.Files;
using CognitiveTools.Lab.Learning.Data;
using CognitiveTools.Lab.Learning.Networks;
using CognitiveTools.Lab.Learning.Objectives;
using CognitiveTools.Randomness;
using TorchSharp;
using YamlDotNet.RepresentationModel;
using YamlMap = CognitiveTools.Files.YamlMap;

namespace CognitiveTools.Lab.Learning.Runs;

/// <summary>Reads network, objective and course as a run's file names them.</summary>
internal static class Learners
{
    private const string NextTokenKind = NextToken.Kind, CoconutKind = "coconut", PauseKind = "pause", StepDecodedKind = "step-decoded";
    private const string CodiKind = "codi", SuperpositionKind = "superposition", SuperpositionPauseKind = "superposition-pause";
    private const string RecurrentDepthKind = "recurrent-depth", HrmCyclesKind = "hrm-cycles", GramKind = "gram", HeimaKind = "heima";

    /// <summary>Reads a learner; its network's weights are drawn.</summary>
    /// <param name="run">The run.</param>
    /// <param name="corpora">Folder of the corpora.</param>
    /// <param name="output">Folder of the run's files.</param>
    /// <param name="device">Where it computes.</param>
    /// <exception cref="InvalidDataException">There is no such kind, or a key of it is wrong.</exception>
    public static ILearner Read(RunFile run, string corpora, string output, torch.Device device)
    {
        if (run.Tune is { } tune && run.Network is not DecoderShape)
            throw tune.Wrong("kind", "only a decoder of llama's kind can be tuned. Leave 'tune' out.");
        return run.Network switch
        {
            RecurrentShape shape => InDepth(run, corpora, Recurrent(run), random => new RecurrentDecoder(shape, random, device: device)),
            HrmShape shape => InDepth(run, corpora, Hrm(run), random => new HrmText(shape, random, device: device)),
            GramShape shape => OfBoards(run, corpora, new Gram(shape, SeededRandom.For(run.Seed, "weights"), device: device)),
            LineCoderShape shape => OfLines(run, corpora, new LineCoder(shape, SeededRandom.For(run.Seed, "weights"), device: device)),
            ConceptShape => OfConcepts(run, corpora, ConceptParts.Read(run, corpora, output, device)),
            _ => OfDecoder(run, corpora, output, device),
        };
    }

    /// <summary>Steps of supervision in a trajectory of a <see cref="Gram"/>.</summary>
    public static int SupervisionSteps(RunFile run) =>
        run.Objective.Whole("steps", 1)
            ?? throw run.Objective.Wrong("steps", "is missing; say how many steps of supervision a trajectory has.");

    private static Learner<Gram> OfBoards(RunFile run, string corpora, Gram network)
    {
        run.RequireCourse(BoardCourse.Kind, "boards");
        var map = run.RequireObjective(GramKind, "steps", "kl", "value", "unguided");
        var course = new BoardCourse(run, corpora);
        var objective = new GenerativeRecursion(
            course.Rows, SupervisionSteps(run), map.Number("kl", 0) ?? 0.07, map.Number("value", 0) ?? 0.5,
            map.Number("unguided", 0, 1) ?? 0.25);
        return new Learner<Gram>(network, objective, course);
    }

    private static Learner<LineCoder> OfLines(RunFile run, string corpora, LineCoder network)
    {
        run.RequireCourse(ProblemCourse<LineCoder>.Kind, "lines");
        var map = run.RequireObjective(LineReconstruction.Kind, "noise");
        var cutter = new LineCutter(run.Words);
        var (table, heldOut) = (Lines("corpus"), Lines("heldOut"));
        return new Learner<LineCoder>(
            network,
            new LineReconstruction(table, cutter.Stop, map.Number("noise", 0) ?? 0.5),
            new ProblemCourse<LineCoder>(run, table.File, most => new LineExam(table, heldOut, cutter.Stop, most)));

        LineTable Lines(string key) => new(
            run.Open(corpora, run.Course.Required(key), (file, row) => cutter.Cut(file, row).Lines.Max(static line => line.Length)),
            cutter);
    }

    private static Learner<ConceptModel> OfConcepts(RunFile run, string corpora, ConceptParts parts)
    {
        run.RequireCourse(ProblemCourse<ConceptModel>.Kind, "concepts");
        var heldOut = run.Open(corpora, run.Course.Required("heldOut"), static (_, _) => 0);
        return new Learner<ConceptModel>(
            parts.Network,
            parts.Objective,
            new ProblemCourse<ConceptModel>(
                run, parts.Table.File, most => new ConceptExam(parts, parts.Cutter.Distinct(heldOut, most))));
    }

    private static Learner<TNetwork> InDepth<TNetwork>(
        RunFile run, string corpora, IDepthObjective<TNetwork> objective, Func<SeededRandom, TNetwork> create)
        where TNetwork : INetwork
    {
        run.RequireCourse(DepthCourse<TNetwork>.Kind, "depth");
        var course = new DepthCourse<TNetwork>(run, corpora, objective);
        return new Learner<TNetwork>(create(SeededRandom.For(run.Seed, "weights")), objective, course);
    }

    private static RecurrentDepth Recurrent(RunFile run)
    {
        var map = run.RequireObjective(RecurrentDepthKind, "depth", "backprop", "values");
        return new RecurrentDepth(
            new DirectRows(run.Words, chat: false),
            map.Whole("depth", 0) ?? throw map.Wrong("depth", "is missing; say the mean of the applications, 0 for always one."),
            map.Whole("backprop", 1) ?? 4,
            map.Number("values", 0) ?? 1);
    }

    private static HrmCycles Hrm(RunFile run)
    {
        var map = run.RequireObjective(HrmCyclesKind, "cycles", "values");
        const string Form = "must be a list of {high: H, low: L}.";
        var cycles = (map.Items("cycles") ?? throw map.Wrong("cycles", $"is missing; it {Form}")).Select(Pair).ToArray();
        return cycles.Length > 0
            ? new HrmCycles(new DirectRows(run.Words, chat: true), cycles, map.Number("values", 0) ?? 1)
            : throw map.Wrong("cycles", $"is empty; it {Form}");

        (int High, int Low) Pair(YamlNode node)
        {
            if (node is not YamlMappingNode mapping)
                throw map.WrongAt(node, "cycles", Form);
            var pair = new YamlMap(mapping, map.File, "pair of cycles");
            pair.Allow("high", "low");
            return (Cycles(pair, "high"), Cycles(pair, "low"));
        }

        static int Cycles(YamlMap pair, string key) =>
            pair.Whole(key, 1) ?? throw pair.Wrong(key, "is missing; a pair of cycles needs it.");
    }

    private static Learner<Decoder> OfDecoder(RunFile run, string corpora, string output, torch.Device device)
    {
        var (objective, course) = ForDecoder(run, corpora, output, device);
        var network = new Decoder(run.Shape, SeededRandom.For(run.Seed, "weights"), device: device);
        network.Tuning = Elicitations.Tuning(run, network);
        if (network.Tuning is not null || objective.Product is not null)
            network.Parameters.Freeze();
        return new Learner<Decoder>(network, objective, course, network.Tuning);
    }

    private static (IObjective<Decoder> Objective, ICourse<Decoder> Course) ForDecoder(
        RunFile run, string corpora, string output, torch.Device device)
    {
        if (run.Objective.Required("kind") == NextTokenKind)
        {
            run.Objective.Allow("kind");
            return (new NextToken(), Verbal(run, corpora));
        }

        if (run.Objective.Required("kind") == Elicitations.PolicyKind)
        {
            var policy = Elicitations.Policy(run);
            return (policy, new UpdateCourse(run, corpora, policy));
        }

        if (run.Objective.Required("kind") == Elicitations.SparseKind)
        {
            run.RequireCourse(TokenCourse.Kind, $"'{Elicitations.SparseKind}'");
            return (Elicitations.Code(run, device), new TokenCourse(run, corpora));
        }

        if (run.Course.Required("kind") == GraphCourse.Kind)
        {
            var search = Search(run);
            return (search, new GraphCourse(run, corpora, search));
        }

        if (run.Objective.Required("kind") == HeimaKind)
            return Staged(run, corpora);

        var (objective, cutter) = Latent(run, device);
        return run.Course.Required("kind") switch
        {
            StageCourse.Kind => (objective, new StageCourse(run, corpora, output, objective, cutter)),
            RowCourse.Kind => (objective, new RowCourse(
                run, corpora, (heldOut, problems) => new ThoughtExam(objective, cutter, heldOut, problems))),
            var other => throw run.Course.Wrong(
                "kind", $"'{other}' is not a course with thoughts; there are '{StageCourse.Kind}' and '{RowCourse.Kind}'."),
        };
    }

    private static ICourse<Decoder> Verbal(RunFile run, string corpora) => run.Course.Required("kind") switch
    {
        TokenCourse.Kind => new TokenCourse(run, corpora),
        RowCourse.Kind => new RowCourse(
            run,
            corpora,
            (heldOut, problems) => new ThoughtExam(null, new SolutionCutter(run.Words, SolutionUnit.Token), heldOut, problems)),
        var other => throw run.Course.Wrong(
            "kind", $"'{other}' is not a course for '{NextTokenKind}'; there are '{TokenCourse.Kind}' and '{RowCourse.Kind}'."),
    };

    private static (IObjective<Decoder> Objective, ICourse<Decoder> Course) Staged(RunFile run, string corpora)
    {
        var map = run.Objective;
        map.Allow("kind", "weight", "blank");
        run.RequireCourse(RowCourse.Kind, $"'{HeimaKind}'");
        var cutter = new StageCutter(run.Words);
        return (
            new Heima(cutter, map.Number("weight", 0) ?? 1, map.Number("blank", 0, 1) ?? 0.5),
            new RowCourse(run, corpora, (heldOut, problems) => new StageExam(cutter, heldOut, problems)));
    }

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
            var other => throw map.Wrong("kind", $"there is no objective '{other}' for this model; there are {NextTokenKind}, "
                + $"{CoconutKind}, {PauseKind}, {StepDecodedKind}, {CodiKind}, {HeimaKind}, {Elicitations.PolicyKind}, "
                + $"{Elicitations.SparseKind}, and on graphs {SuperpositionKind} and {SuperpositionPauseKind}."),
        };
        return (objective, cutter);
    }

    private static Superposition Search(RunFile run)
    {
        run.Objective.Allow("kind", "queries");
        var kind = run.Objective.Required("kind");
        return kind is SuperpositionKind or SuperpositionPauseKind
            ? new Superposition(run.Words, run.Objective.Number("queries", 0) ?? 1, kind == SuperpositionPauseKind)
            : throw run.Objective.Wrong(
                "kind", $"the course '{GraphCourse.Kind}' needs {SuperpositionKind} or {SuperpositionPauseKind}.");
    }

    private static Decoder Reader(RunFile run, YamlMap map, torch.Device device) => new(
        run.Shape with { Layers = map.Whole("layers", 1) ?? 1 }, SeededRandom.For(run.Seed, "reader"), device: device);
}
