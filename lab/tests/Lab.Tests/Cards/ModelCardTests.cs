using CognitiveTools.Evals.Tests;
using CognitiveTools.Lab.Problems.Generation;
using CognitiveTools.Lab.Tests.Generation;
using CognitiveTools.Lab.Training.Cards;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Lab.Tests.Cards;

public sealed class ModelCardTests
{
    private static readonly CardData HeldOut = new("heldOut", 3, 60);

    [Fact]
    public async Task A_written_card_is_read_back_the_same()
    {
        var figure = await new CardVerifier(_ => new Oracle(wrongEvery: 4))
            .MeasureAsync("cot:profile=mini", HeldOut, TestContext.Current.CancellationToken);
        var card = new ModelCard("tiny", "tiny.gguf", "says \"so\" \\ so")
        {
            Profile = "mini",
            Sha256 = new string('a', 64),
            Parameters = 5,
            Facts = [new("seed", "7"), new("hardware", "2 cores")],
            Figures = [figure, figure with { Data = HeldOut with { Families = ["gcd", "power"], Wordings = 1, MostPrimitives = 9 } }],
            Failures = ["cannot count"],
        };

        var text = ModelCardFile.Write(card);
        var again = ModelCardFile.Parse(text, "tiny.card.yaml");

        Assert.Equal(text, ModelCardFile.Write(again));
        Assert.Equal(figure.ByTopic, again.Figures[0].ByTopic);
        Assert.Equal(["gcd", "power"], again.Figures[1].Data.Families);
        Assert.Equal((null, 1), (again.Figures[0].Data.Wordings, again.Figures[1].Data.Wordings));
        Assert.Equal((null, 9), (again.Figures[0].Data.MostPrimitives, again.Figures[1].Data.MostPrimitives));
    }

    [Fact]
    public async Task Verification_repeats_a_true_figure_exactly_and_refuses_a_false_one()
    {
        var honest = await new CardVerifier(_ => new Oracle(wrongEvery: 3))
            .MeasureAsync("cot", HeldOut, TestContext.Current.CancellationToken);
        var card = new ModelCard("tiny", "tiny.gguf", "a model")
        {
            Profile = "mini",
            Sha256 = "",
            Parameters = 1,
            Figures = [honest, honest with { Correct = honest.Problems }],
        };

        var checks = await new CardVerifier(_ => new Oracle(wrongEvery: 3))
            .VerifyAsync(card, cancellationToken: TestContext.Current.CancellationToken);

        Assert.True(checks[0].IsExact && checks[0].Agrees);
        Assert.False(checks[1].IsExact || checks[1].Agrees);
        Assert.Equal(honest.Correct, honest.ByTopic.Values.Sum(count => count.Correct));
        Assert.Equal(honest.Problems, honest.BySteps.Values.Sum(count => count.Problems));
    }

    [Fact]
    public async Task A_failing_engine_verifies_nothing()
    {
        var verifier = new CardVerifier(_ => new Broken());
        var error = await Assert.ThrowsAsync<InvalidOperationException>(
            () => verifier.MeasureAsync("cot", HeldOut, TestContext.Current.CancellationToken));
        Assert.Contains("no weights", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("split: heldOut", "split: beheld", ":9: split")]
    [InlineData("correct: 1", "correct: 9", ":13: correct")]
    [InlineData("accuracy: 0.500", "accuracy: 0.900", ":14: accuracy")]
    [InlineData("profile: mini", "color: red", ":4: color")]
    public void A_wrong_card_names_line_and_key(string right, string wrong, string where)
    {
        const string Card = """
            name: tiny
            file: tiny.gguf
            description: a model
            profile: mini
            sha256: none
            parameters: 5
            figures:
              - arm: cot
                split: heldOut
                seed: 1
                count: 2
                problems: 2
                correct: 1
                accuracy: 0.500
            """;
        Assert.Equal(1, ModelCardFile.Parse(Card, "c").Figures[0].Correct);
        var error = Assert.Throws<InvalidDataException>(
            () => ModelCardFile.Parse(Card.Replace(right, wrong, StringComparison.Ordinal), "c"));
        Assert.Contains("c" + where, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_committed_card_can_be_read_and_its_weights_are_there_unchanged()
    {
        var models = Path.Combine(Repository.Root, "models");
        foreach (var card in ModelCardFile.Folder(models))
        {
            var bytes = File.ReadAllBytes(Path.Combine(models, card.File));
            Assert.Equal(card.Sha256, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes)));
            Assert.NotEmpty(card.Figures);
        }
    }

    // Knows the answers of the set it is asked from, and gets every n-th problem wrong.
    private sealed class Oracle(int wrongEvery) : IReasoner
    {
        private readonly Dictionary<string, string> _answers =
            HeldOut.Draw().Problems.ToDictionary(problem => problem.Id, problem => problem.Answer);

        public Task<Reasoning> SolveAsync(Question question, SolveOptions options, CancellationToken cancellationToken = default)
        {
            var number = int.Parse(question.Id.Split('-')[^1]);
            var answer = number % wrongEvery == 0 ? "1000" : _answers[question.Id];
            return Task.FromResult(new Reasoning($"ANSWER: {answer}", [], new Usage { Prompt = 10 }, StopReason.Completed));
        }
    }

    private sealed class Broken : IReasoner
    {
        public Task<Reasoning> SolveAsync(Question question, SolveOptions options, CancellationToken cancellationToken = default) =>
            Task.FromResult(new Reasoning("", [], Usage.None, StopReason.Failed) { Error = "no weights" });
    }
}
