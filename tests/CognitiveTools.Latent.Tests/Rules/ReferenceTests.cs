using System.Text.Json;
using CognitiveTools.Latent.Controls;
using CognitiveTools.Latent.Rules;
using CognitiveTools.Latent.Tests.Fakes;
using CognitiveTools.Latent.Tests.Solving;
using CognitiveTools.Latent.Thoughts;
using CognitiveTools.Latents;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Latent.Tests.Rules;

public class ReferenceTests
{
    private const double Tolerance = 2e-5;

    private static readonly SoftMixtureOptions Defaults = new() { TopK = 8 };
    private static readonly SoftMixtureOptions Narrow = new() { Temperature = 1.5f, TopK = 5, TopP = .8f, MinP = .3f, MaxTopK = 2 };

    [Theory]
    [InlineData("identity")]
    [InlineData("norm")]
    [InlineData("ridge")]
    [InlineData("soft")]
    [InlineData("softNarrow")]
    [InlineData("coconut")]
    [InlineData("pause")]
    [InlineData("zeroed")]
    public async Task A_whole_solve_equals_the_independent_computation(string name)
    {
        var expected = ReferenceValues.Run(name);
        var model = new FakeLatentModel { OutputEmbeddings = new MatrixEmbeddings(FakeLatentModel.Output) };
        var framed = name == "coconut";

        var reasoning = await Solves.SolveAsync(
            model,
            RuleOf(name),
            expected.GetProperty("steps").GetInt32(),
            text: expected.GetProperty("question").GetString()!,
            begin: framed ? [6] : null,
            end: framed ? [7] : null);

        Assert.Equal(expected.GetProperty("answer").GetString(), reasoning.Answer);
        var thoughts = reasoning.Steps.OfType<Thought>().ToArray();
        var expectedThoughts = expected.GetProperty("thoughts").EnumerateArray().ToArray();
        Assert.Equal(expectedThoughts.Length, thoughts.Length);
        for (var i = 0; i < thoughts.Length; i++)
        {
            Assert.Equal(i, thoughts[i].Index);
            Assert.Equal(expectedThoughts[i].GetProperty("norm").GetDouble(), thoughts[i].Norm, Tolerance);
            Assert.Equal(expectedThoughts[i].GetProperty("entropy").GetDouble(), thoughts[i].Entropy, Tolerance);
            var nearest = expectedThoughts[i].GetProperty("nearest").EnumerateArray().ToArray();
            Assert.Equal(nearest.Select(share => share.GetProperty("text").GetString()), thoughts[i].Nearest.Select(share => share.Text));
            for (var j = 0; j < nearest.Length; j++)
                Assert.Equal(nearest[j].GetProperty("probability").GetDouble(), thoughts[i].Nearest[j].Probability, Tolerance);
        }

        var embeddings = expectedThoughts.Select(thought => thought.GetProperty("embedding"))
            .Where(embedding => embedding.ValueKind == JsonValueKind.Array)
            .Select(embedding => embedding.EnumerateArray().Select(value => value.GetDouble()).ToArray()).ToArray();
        Assert.Equal(embeddings.Length, model.FedEmbeddings.Count);
        for (var i = 0; i < embeddings.Length; i++)
        {
            for (var d = 0; d < 3; d++)
                Assert.Equal(embeddings[i][d], model.FedEmbeddings[i][d], Tolerance);
        }
    }

    [Fact]
    public void The_filters_keep_the_same_tokens_and_weights_as_the_independent_computation() =>
        Assert.All(ReferenceValues.Cases("filters"), expected =>
        {
            var (tokens, weights) = SoftMixture.Filter(expected.Floats("logits"), new SoftMixtureOptions
            {
                Temperature = expected.GetProperty("temperature").GetSingle(),
                TopK = expected.GetProperty("topK").GetInt32(),
                TopP = expected.GetProperty("topP").GetSingle(),
                MinP = expected.GetProperty("minP").GetSingle(),
                MaxTopK = expected.GetProperty("maxTopK").GetInt32(),
            });

            Assert.Equal(expected.GetProperty("tokens").EnumerateArray().Select(token => token.GetInt32()), tokens);
            ReferenceValues.Close(expected.Doubles("weights"), weights, 1e-7);
        });

    [Fact]
    public void Gumbel_weights_equal_the_independent_computation_on_the_same_draws() =>
        Assert.All(ReferenceValues.Cases("noise"), expected =>
        {
            var weights = expected.Doubles("weights");

            new GumbelNoise(expected.GetProperty("temperature").GetDouble())
                .PerturbWeights(weights, new GivenDraws(expected.Doubles("uniforms")));

            ReferenceValues.Close(expected.Doubles("gumbel"), weights, 1e-9);
        });

    [Fact]
    public void Gaussian_noise_equals_the_independent_computation_on_the_same_draws() =>
        Assert.All(ReferenceValues.Cases("noise"), expected =>
        {
            var noisy = GaussianNoise.Perturb(expected.Floats("embedding"), expected.GetProperty("sigma").GetDouble(),
                new GivenDraws(expected.Doubles("pairs")));

            ReferenceValues.Close(expected.Doubles("gaussian"), noisy.Select(value => (double)value), 1e-6);
        });

    [Fact]
    public void Gaussian_noise_has_a_share_of_the_root_mean_square_row_norm_spread_over_the_coordinates() =>
        Assert.All(ReferenceValues.Cases("noise"), expected => Assert.Equal(
            expected.GetProperty("sigma").GetDouble(),
            GaussianNoise.SigmaOf(new FakeEmbeddings(), expected.GetProperty("scale").GetSingle()),
            1e-6));

    [Fact]
    public void Ridge_maps_equal_the_independent_solution() =>
        Assert.All(ReferenceValues.Cases("ridge"), expected =>
        {
            var map = RidgeMap.Solve(
                new MatrixEmbeddings(expected.Rows("inputs")), new MatrixEmbeddings(expected.Rows("outputs")),
                    expected.GetProperty("lambda").GetDouble());

            ReferenceValues.Close([.. expected.Rows("map").SelectMany(row => row).Select(value => (double)value)],
                map.Rows.Select(value => (double)value), 2e-5);
        });

    [Fact]
    public void The_cold_stop_comes_after_the_same_thought_as_in_the_independent_computation() =>
        Assert.All(ReferenceValues.Cases("coldstop"), expected =>
        {
            var options = new SoftMixtureOptions
            {
                TopK = 8,
                Temperature = expected.GetProperty("temperature").GetSingle(),
                ColdEntropy = expected.GetProperty("entropy").GetSingle(),
                ColdSteps = expected.GetProperty("steps").GetInt32(),
            };
            var state = new SoftMixture.State(options, new FakeEmbeddings(), new GivenDraws());

            var thoughts = expected.Rows("logits").TakeWhile(logits => !state.Next(new Prediction(new float[3], logits)).Ends).Count();

            Assert.Equal(expected.GetProperty("thoughts").GetInt32(), thoughts);
        });

    [Fact]
    public void Switching_feeds_the_same_words_and_mixtures_as_the_independent_computation() =>
        Assert.All(ReferenceValues.Cases("switching"), expected =>
        {
            var options = new SwitchingOptions
            {
                Open = 6,
                Close = 7,
                First = expected.GetProperty("first") is { ValueKind: JsonValueKind.Number } first ? first.GetInt32() : null,
                Alpha = expected.GetProperty("alpha").GetSingle(),
                Beta = expected.GetProperty("beta").GetSingle(),
                Window = expected.GetProperty("window").GetInt32(),
                MaxSwitches = expected.GetProperty("switches") is { ValueKind: JsonValueKind.Number } most ? most.GetInt32() : null,
                Explicit = expected.Doubles("explicit").Select(token => (int)token).ToHashSet(),
                Sampling = new() { TopK = 8, MinP = 0, MaxTopK = int.MaxValue },
            };
            var state = new SwitchingRule.State(options, new FakeLatentModel(), expected.GetProperty("steps").GetInt32(),
                new GivenDraws(expected.Doubles("uniforms")));

            var logits = expected.Rows("logits");
            foreach (var (i, input) in expected.GetProperty("inputs").EnumerateArray().Index())
            {
                var actual = state.Next(new Prediction(new float[3], logits[i]));
                if (input.TryGetProperty("embedding", out _))
                    ReferenceValues.Close(input.Doubles("embedding"), actual.Embedding.ToArray().Select(value => (double)value), 1e-6);
                else
                    Assert.Equal(input.TryGetProperty("word", out var word) ? ThoughtInput.OfWord(word.GetInt32())
                        : ThoughtInput.EndOfTurn, actual);
            }
        });

    [Fact]
    public void The_fake_embeddings_have_the_reference_norms()
    {
        var embeddings = new FakeEmbeddings();

        Assert.Equal(ReferenceValues.Runs.GetProperty("meanNorm").GetDouble(), embeddings.MeanNorm, Tolerance);
        Assert.Equal(ReferenceValues.Runs.GetProperty("rootMeanSquareNorm").GetDouble(), embeddings.RootMeanSquareNorm, Tolerance);
    }

    private static IThoughtRule RuleOf(string name) => name switch
    {
        "identity" or "coconut" => new HiddenFeedback(Alignment.Identity),
        "norm" => Solves.Norm,
        "ridge" => new HiddenFeedback(Alignment.Ridge),
        "soft" => new SoftMixture(Defaults),
        "softNarrow" => new SoftMixture(Narrow),
        "pause" => PauseRule.OfToken(5),
        "zeroed" => new Zeroed(Solves.Norm),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "Unknown run."),
    };
}
