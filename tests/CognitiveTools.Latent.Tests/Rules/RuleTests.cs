using CognitiveTools.Latent.Rules;
using CognitiveTools.Latent.Tests.Fakes;
using CognitiveTools.Latent.Tests.Solving;
using CognitiveTools.Randomness;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Latent.Tests.Rules;

public class RuleTests
{
    [Fact]
    public async Task Norm_rescaling_feeds_rows_of_the_mean_embedding_norm()
    {
        var model = new FakeLatentModel();

        await Solves.SolveAsync(model, Solves.Norm, 5);

        Assert.All(model.FedEmbeddings, row => Assert.Equal(model.Embeddings.MeanNorm, FakeEmbeddings.Norm(row), 1e-5f));
    }

    [Fact]
    public async Task A_cold_mixture_feeds_the_row_of_the_greedy_token()
    {
        var model = new FakeLatentModel();

        var reasoning = await Solves.SolveAsync(model, new SoftMixture(new() { Temperature = .001f, TopK = 8 }), 4);

        var greedy = reasoning.Steps.OfType<Thought>().Select(thought => thought.Nearest[0].Text);
        Assert.Equal(greedy.Select(text => FakeEmbeddings.Rows[model.Tokenizer.Find(text)!.Value]), model.FedEmbeddings);
    }

    [Fact]
    public async Task A_cold_stop_feeds_the_stop_token_as_the_last_thought()
    {
        var rule = new SoftMixture(new() { TopK = 8, ColdEntropy = 99, ColdSteps = 3, StopToken = 7 });

        var reasoning = await Solves.SolveAsync(new FakeLatentModel(), rule, 9);

        Assert.Equal(["embedding", "embedding", "token"], reasoning.Steps.OfType<Thought>().Select(thought => thought.Kind));
    }

    [Fact]
    public async Task A_mixture_says_how_much_of_it_is_not_the_top_token()
    {
        var reasoning = await Solves.SolveAsync(new FakeLatentModel(), new SoftMixture(new() { TopK = 1 }), 3);

        Assert.All(reasoning.Steps.OfType<Thought>(), thought => Assert.Equal(0, thought.Spread));
        Assert.All((await Solves.SolveAsync(new FakeLatentModel(), Solves.Norm, 3)).Steps.OfType<Thought>(),
            thought => Assert.Null(thought.Spread));
    }

    [Fact]
    public async Task Gumbel_noise_changes_the_mixture_and_the_seed_reproduces_it()
    {
        var rule = new SoftMixture(new() { TopK = 8, Noise = new GumbelNoise() });

        async Task<List<float[]>> FedAsync(int seed)
        {
            var model = new FakeLatentModel();
            await Solves.SolveAsync(model, rule, 4, Solves.SixTokens with { Seed = seed });
            return model.FedEmbeddings;
        }

        var first = await FedAsync(1);
        Assert.Equal(first, await FedAsync(1));
        Assert.NotEqual(first, await FedAsync(2));
    }

    [Fact]
    public void Gumbel_weights_follow_the_formula()
    {
        // The same generator gives the uniforms; softmax((log q + g) / t) is then computed the long way.
        double[] weights = [.7, .2, .1];
        var uniforms = SeededRandom.Of(5);
        var scores = weights.Select(q => (Math.Log(q) - Math.Log(-Math.Log(1 - uniforms.NextDouble()))) / .5).ToArray();
        var sum = scores.Sum(Math.Exp);
        var expected = scores.Select(score => Math.Exp(score) / sum).ToArray();

        new GumbelNoise().PerturbWeights(weights, SeededRandom.Of(5));

        for (var i = 0; i < 3; i++)
            Assert.Equal(expected[i], weights[i], 1e-12);
    }

    [Fact]
    public async Task A_fixed_pause_embedding_is_fed_at_every_step()
    {
        var model = new FakeLatentModel();

        var reasoning = await Solves.SolveAsync(model, PauseRule.OfEmbedding([.1f, .2f, .3f]), 3);

        Assert.Equal([[.1f, .2f, .3f], [.1f, .2f, .3f], [.1f, .2f, .3f]], model.FedEmbeddings);
        Assert.Equal(3, reasoning.Usage.Latent);
    }

    [Fact]
    public async Task A_pause_token_equals_the_pause_embedding_of_its_row()
    {
        var byToken = await Solves.SolveAsync(new FakeLatentModel(), PauseRule.OfToken(5), 4);
        var byRow = await Solves.SolveAsync(new FakeLatentModel(), PauseRule.OfEmbedding(FakeEmbeddings.Rows[5]), 4);

        Assert.Equal(byRow.Answer, byToken.Answer);
        Assert.Equal(
            byRow.Steps.OfType<Thought>().Select(thought => thought.Entropy),
            byToken.Steps.OfType<Thought>().Select(thought => thought.Entropy));
    }

    [Fact]
    public async Task A_pause_outside_the_model_is_refused_with_the_remedy()
    {
        var token = await Assert.ThrowsAsync<ArgumentException>(() => Solves.SolveAsync(new FakeLatentModel(), PauseRule.OfToken(8), 1));
        var row = await Assert.ThrowsAsync<ArgumentException>(
            () => Solves.SolveAsync(new FakeLatentModel(), PauseRule.OfEmbedding([1f]), 1));

        Assert.Contains("vocabulary of 8", token.Message, StringComparison.Ordinal);
        Assert.Contains("rows have 3", row.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("temperature", 0, 8, 1, 0, 1)]
    [InlineData("topk", 1, 9, 1, 0, 1)]
    [InlineData("topk", 1, 0, 1, 0, 1)]
    [InlineData("topp", 1, 8, 0, 0, 1)]
    [InlineData("minp", 1, 8, 1, 2, 1)]
    [InlineData("maxtopk", 1, 8, 1, 0, 0)]
    [InlineData("coldentropy", 1, 8, 1, 0, 1, -1)]
    [InlineData("coldsteps", 1, 8, 1, 0, 1, 0, -1)]
    [InlineData("stop", 1, 8, 1, 0, 1, 0, 0, 8)]
    public async Task A_mixture_setting_out_of_range_is_refused_by_name(string name, float temperature, int topK, float topP, float minP,
        int maxTopK, float coldEntropy = 0, int coldSteps = 0, int stop = 0)
    {
        var rule = new SoftMixture(new()
        {
            Temperature = temperature,
            TopK = topK,
            TopP = topP,
            MinP = minP,
            MaxTopK = maxTopK,
            ColdEntropy = coldEntropy,
            ColdSteps = coldSteps,
            StopToken = stop,
        });

        var refusal = await Assert.ThrowsAsync<ArgumentException>(() => Solves.SolveAsync(new FakeLatentModel(), rule, 1));

        Assert.Contains($"'{name}'", refusal.Message, StringComparison.Ordinal);
    }
}
