using CognitiveTools.Lab.Learning.Data;
using CognitiveTools.Lab.Learning.Networks;
using CognitiveTools.Lab.Learning.Objectives;
using CognitiveTools.Lab.Learning.Tests.Networks;
using CognitiveTools.Lab.Problems.Generation.Graphs;
using CognitiveTools.Lab.Training.Corpora;
using CognitiveTools.Llama.Tests;
using CognitiveTools.Randomness;
using TorchSharp;
using static TorchSharp.torch;

namespace CognitiveTools.Lab.Learning.Tests.Objectives;

/// <summary>Every objective against the same loss computed conversation by conversation, and its gradients against differences.</summary>
public sealed class ObjectiveTests
{
    public static TheoryData<string, int> Kinds =>
    [
        ("next-token", 0), ("coconut", 0), ("coconut", 1), ("coconut", 4), ("pause", 3), ("step-decoded", 0), ("step-decoded", 3),
        ("codi with a teacher of its own", 4),
    ];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Gradients_are_those_of_central_differences(string kind, int thoughts)
    {
        using var network = Network();
        var objective = Create(kind);
        SmallNetwork.CheckGradients(network.Parameters, () => Loss(objective, network, thoughts), samples: 60);
        foreach (var own in thoughts == 0 ? [] : objective.Parameters)
            SmallNetwork.CheckGradients(own, () => Loss(objective, network, thoughts), samples: 40);
    }

    [Fact]
    public void Gradients_of_the_search_of_graphs_are_those_of_central_differences()
    {
        using var network = Network();
        using var folder = new TemporaryFolder();
        using (var file = File.Create(folder.File("graphs.bin")))
            Corpus.Write(file, new GraphGenerator(4, heldOut: false).Draw().Take(6).Select(GraphGenerator.Converse), SmallCorpus.Words);
        var batch = new Batch(TokenFile.Read(folder.File("graphs.bin")), [0, 1, 2, 3, 4, 5]) { Thoughts = 3 };
        foreach (var pauses in (bool[])[false, true])
        {
            var objective = new Superposition(SmallCorpus.Words, 0.5, pauses);
            SmallNetwork.CheckGradients(network.Parameters, () => objective.Loss(network, batch, new SeededRandom(1)), samples: 40);
        }
    }

    [Fact]
    public void No_gradient_of_the_pull_goes_to_the_teacher()
    {
        using var network = Network();
        var own = SmallNetwork.Backward(network.Parameters, () => Loss(Create("codi"), network, 4));
        var other = SmallNetwork.Backward(network.Parameters, () => Loss(Create("codi with a teacher of its own"), network, 4));
        Assert.All(own.Zip(other), static pair => Assert.Equal(pair.First, pair.Second, 1e-10));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5)]
    public void Coconut_is_what_one_conversation_after_the_other_gives_without_cache_or_padding(int thoughts) =>
        Same(Create("coconut"), thoughts, (network, solution) => RowByRow(network, solution, thoughts, static (_, hidden) => hidden));

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public void Pause_is_a_text_with_pauses_in_it(int thoughts) =>
        Same(Create("pause"), thoughts, (network, solution) =>
            RowByRow(network, solution, thoughts, static (network, _) => network.Embed(Ids([SmallCorpus.Cutter.Pause])).unsqueeze(0)));

    [Fact]
    public void Without_weight_the_decoded_steps_leave_Coconut()
    {
        using var network = Network();
        using var reader = Network(seed: 6);
        Assert.Equal(
            Value(new Coconut(SmallCorpus.Cutter), network, 3),
            Value(new StepDecoded(SmallCorpus.Cutter, reader, weight: 0), network, 3),
            1e-12);
    }

    [Fact]
    public void A_step_is_read_from_its_own_thought()
    {
        using var network = Network();
        using var reader = Network(seed: 6);
        const int Thoughts = 3;
        var with = Value(new StepDecoded(SmallCorpus.Cutter, reader), network, Thoughts);
        var without = Value(new Coconut(SmallCorpus.Cutter), network, Thoughts);

        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var (sum, count) = (0.0, 0);
        foreach (var solution in Solutions())
        {
            var inputs = network.Embed(Ids(solution.Thinking)).unsqueeze(0);
            foreach (var unit in solution.Units.Take(Thoughts))
            {
                var thought = network.Forward(inputs)[.., ^1..];
                inputs = cat([inputs, thought], 1);
                int[] text = [.. unit, SmallCorpus.Cutter.Stop];
                var hidden = reader.Forward(cat([thought, reader.Embed(Ids(text[..^1])).unsqueeze(0)], 1));
                sum += nn.functional.cross_entropy(reader.Logits(hidden[0]), Ids(text)).item<double>() * text.Length;
                count += text.Length;
            }
        }

        Assert.Equal(sum / count, with - without, 1e-9);
    }

    [Fact]
    public void Codi_is_student_teacher_and_the_pull_at_the_token_before_the_answer()
    {
        using var network = Network();
        const int Thoughts = 4;
        const double Weight = 0.5;
        var whole = Value(new Codi(SmallCorpus.Cutter, Weight), network, Thoughts);
        var parts = Value(new Coconut(SmallCorpus.Cutter), network, Thoughts) + Value(new NextToken(), network, Thoughts);

        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var pairs = Solutions().Select(solution =>
        {
            var inputs = network.Embed(Ids(solution.Thinking)).unsqueeze(0);
            for (var i = 0; i < Thoughts; i++)
                inputs = cat([inputs, network.Forward(inputs)[.., ^1..]], 1);
            var said = SmallCorpus.Cutter.Text(solution, Thoughts);
            var (student, teacher) = (new List<Tensor>(), new List<Tensor>());
            network.Forward(cat([inputs, network.Embed(Ids(said[..^2])).unsqueeze(0)], 1), layers: student);
            int[] verbal = [.. solution.Prompt, .. SmallCorpus.Cutter.Words(solution)[..^1]];
            network.Forward(network.Embed(Ids(verbal)).unsqueeze(0), layers: teacher);
            return (Student: student, Teacher: teacher);
        }).ToArray();
        var pull = Enumerable.Range(0, network.Shape.Layers).Sum(layer =>
        {
            var student = cat([.. pairs.Select(pair => pair.Student[layer][0, ^1..])], 0);
            var teacher = cat([.. pairs.Select(pair => pair.Teacher[layer][0, ^1..])], 0);
            return (nn.functional.smooth_l1_loss(student, teacher) / teacher.std()).item<double>();
        });

        Assert.True(pull > 0.01, "the pull is too small to be seen");
        Assert.Equal(parts + Weight * pull, whole, 1e-9);
    }

    private static IObjective<Decoder> Create(string kind) => kind switch
    {
        "next-token" => new NextToken(),
        "coconut" => new Coconut(SmallCorpus.Cutter),
        "pause" => new Pause(SmallCorpus.Cutter),
        "codi" => new Codi(SmallCorpus.Cutter, 0.5),
        "codi with a teacher of its own" => new Codi(SmallCorpus.Cutter, 0.5) { Teacher = Network() },
        _ => new StepDecoded(SmallCorpus.Cutter, Network(seed: 6), 0.7),
    };

    private static Decoder Network(ulong seed = 5) => SmallNetwork.Create(SmallCorpus.Words.Count, seed);

    private static WorkedSolution[] Solutions() =>
        [.. SmallCorpus.Batch(0).Rows.Select(static row => SmallCorpus.Cutter.Cut(SmallCorpus.File, row))];

    private static Tensor Loss(IObjective<Decoder> objective, Decoder network, int thoughts) =>
        objective.Loss(network, SmallCorpus.Batch(thoughts), new SeededRandom(1));

    private static double Value(IObjective<Decoder> objective, Decoder network, int thoughts)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        return Loss(objective, network, thoughts).item<double>();
    }

    private static void Same(IObjective<Decoder> objective, int thoughts, Func<Decoder, WorkedSolution, (double Sum, int Count)> alone)
    {
        using var network = Network();
        var found = Value(objective, network, thoughts);
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var rows = Solutions().Select(solution => alone(network, solution)).ToArray();
        Assert.Equal(rows.Sum(static row => row.Sum) / rows.Sum(static row => row.Count), found, 1e-9);
    }

    // The whole text so far anew for every thought.
    private static (double Sum, int Count) RowByRow(
        Decoder network, WorkedSolution solution, int thoughts, Func<Decoder, Tensor, Tensor> think)
    {
        var inputs = network.Embed(Ids(solution.Thinking)).unsqueeze(0);
        for (var i = 0; i < thoughts; i++)
            inputs = cat([inputs, think(network, network.Forward(inputs)[.., ^1..])], 1);
        var text = SmallCorpus.Cutter.Text(solution, thoughts);
        var before = inputs.shape[1];
        var hidden = network.Forward(cat([inputs, network.Embed(Ids(text[..^1])).unsqueeze(0)], 1));
        var logits = network.Logits(hidden[0].narrow(0, before, text.Length - 1));
        return (nn.functional.cross_entropy(logits, Ids(text[1..])).item<double>() * (text.Length - 1), text.Length - 1);
    }

    private static Tensor Ids(int[] tokens) => tensor(Array.ConvertAll(tokens, static token => (long)token));
}
