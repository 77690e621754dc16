using CognitiveTools.Latent.Rules;
using CognitiveTools.Latent.Tests.Fakes;
using CognitiveTools.Latent.Tests.Solving;
using CognitiveTools.Randomness;
using CsCheck;

namespace CognitiveTools.Latent.Tests.Rules;

public class NoiseTests
{
    [Fact]
    public void Dirichlet_weights_are_a_distribution() =>
        Gen.Select(Gen.Double[0.01, 1].Array[1, 12], Gen.Double[0.001, 100], Gen.Int).Sample((raw, concentration, seed) =>
        {
            double[] weights = [.. raw.Select(w => w / raw.Sum())];

            new DirichletNoise(concentration).PerturbWeights(weights, SeededRandom.Of(seed));

            Assert.Equal(1, weights.Sum(), 1e-9);
            Assert.All(weights, w => Assert.InRange(w, 0, 1));
        });

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Dirichlet_weights_have_the_mixture_as_mean_and_less_spread_with_more_concentration(double concentration)
    {
        const int draws = 20_000;
        double[] mean = [.5, .3, .2];
        var random = SeededRandom.Of(7);
        var (sum, squares) = (new double[3], new double[3]);
        for (var i = 0; i < draws; i++)
        {
            var weights = mean.ToArray();
            new DirichletNoise(concentration).PerturbWeights(weights, random);
            for (var j = 0; j < 3; j++)
                (sum[j], squares[j]) = (sum[j] + weights[j], squares[j] + (weights[j] * weights[j]));
        }

        for (var j = 0; j < 3; j++)
        {
            var average = sum[j] / draws;
            Assert.Equal(mean[j], average, 0.01);
            // Var of a Dirichlet
            Assert.Equal(mean[j] * (1 - mean[j]) / (concentration + 1), (squares[j] / draws) - (average * average), 0.005);
        }
    }

    [Fact]
    public async Task Gaussian_noise_changes_what_is_fed_and_the_seed_reproduces_it()
    {
        async Task<List<float[]>> FedAsync(int seed)
        {
            var model = new FakeLatentModel();
            await Solves.SolveAsync(model, new GaussianNoise(Solves.Norm), 4, Solves.SixTokens with { Seed = seed });
            return model.FedEmbeddings;
        }

        var plain = new FakeLatentModel();
        await Solves.SolveAsync(plain, Solves.Norm, 4);
        var first = await FedAsync(1);

        Assert.NotEqual(plain.FedEmbeddings[0], first[0]);
        Assert.Equal(first, await FedAsync(1));
        Assert.NotEqual(first, await FedAsync(2));
    }

    [Fact]
    public void Noise_without_size_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new GaussianNoise(Solves.Norm, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DirichletNoise(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new GumbelNoise(-1));
        Assert.Contains("feeds tokens only", Assert.Throws<ArgumentException>(() => new GaussianNoise(PauseRule.OfToken(5))).Message,
            StringComparison.Ordinal);
    }
}
