using CognitiveTools.Latent.Controls;
using CognitiveTools.Latent.Rules;
using CognitiveTools.Latent.Tests.Fakes;
using CognitiveTools.Latent.Tests.Reference;
using CognitiveTools.Latent.Tests.Solving;
using CognitiveTools.Latent.Thoughts;
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
    [InlineData("soft")]
    [InlineData("softNarrow")]
    [InlineData("coconut")]
    [InlineData("pause")]
    [InlineData("zeroed")]
    public async Task A_whole_solve_equals_the_independent_computation(string name)
    {
        var expected = ReferenceValues.Run(name);
        var model = new FakeLatentModel();
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
            .Where(embedding => embedding.ValueKind == System.Text.Json.JsonValueKind.Array)
            .Select(embedding => embedding.EnumerateArray().Select(value => value.GetDouble()).ToArray()).ToArray();
        Assert.Equal(embeddings.Length, model.FedEmbeddings.Count);
        for (var i = 0; i < embeddings.Length; i++)
        {
            for (var d = 0; d < 3; d++)
                Assert.Equal(embeddings[i][d], model.FedEmbeddings[i][d], Tolerance);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void The_filters_keep_the_same_tokens_and_weights_as_the_independent_computation(int index)
    {
        var expected = ReferenceValues.Root.GetProperty("filters")[index];
        var logits = expected.GetProperty("logits").EnumerateArray().Select(value => value.GetSingle()).ToArray();

        var (tokens, weights) = SoftMixture.Filter(logits, new SoftMixtureOptions
        {
            Temperature = expected.GetProperty("temperature").GetSingle(),
            TopK = expected.GetProperty("topK").GetInt32(),
            TopP = expected.GetProperty("topP").GetSingle(),
            MinP = expected.GetProperty("minP").GetSingle(),
            MaxTopK = expected.GetProperty("maxTopK").GetInt32(),
        });

        Assert.Equal(expected.GetProperty("tokens").EnumerateArray().Select(token => token.GetInt32()), tokens);
        var expectedWeights = expected.GetProperty("weights").EnumerateArray().Select(weight => weight.GetDouble()).ToArray();
        for (var i = 0; i < weights.Length; i++)
            Assert.Equal(expectedWeights[i], weights[i], 1e-7);
    }

    [Fact]
    public void The_fake_embeddings_have_the_reference_norms()
    {
        var embeddings = new FakeEmbeddings();

        Assert.Equal(ReferenceValues.Root.GetProperty("meanNorm").GetDouble(), embeddings.MeanNorm, Tolerance);
        Assert.Equal(ReferenceValues.Root.GetProperty("rootMeanSquareNorm").GetDouble(), embeddings.RootMeanSquareNorm, Tolerance);
    }

    private static IThoughtRule RuleOf(string name) => name switch
    {
        "identity" or "coconut" => new HiddenFeedback(Alignment.Identity),
        "norm" => Solves.Norm,
        "soft" => new SoftMixture(Defaults),
        "softNarrow" => new SoftMixture(Narrow),
        "pause" => PauseRule.OfToken(5),
        "zeroed" => new Zeroed(Solves.Norm),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "Unknown run."),
    };
}
