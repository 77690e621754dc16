using CognitiveTools.Latent.Rules;
using CsCheck;

namespace CognitiveTools.Latent.Tests.Rules;

public class SoftmaxTests
{
    private static readonly Gen<float[]> Logits = Gen.Float[-30, 30].Array[1, 60];

    [Fact]
    public void Entropy_and_normaliser_equal_the_plain_sums() => Logits.Sample(logits =>
    {
        var max = logits.Max();
        var exponentials = logits.Select(logit => Math.Exp((double)logit - max)).ToArray();
        var sum = exponentials.Sum();
        var entropy = -exponentials.Select(e => e / sum).Where(p => p > 0).Sum(p => p * Math.Log(p));

        var (actualEntropy, logSum) = Softmax.Measure(logits);

        Assert.Equal(Math.Log(sum), logSum, 1e-5);
        Assert.Equal(entropy, actualEntropy, 1e-4);
    });

    [Fact]
    public void The_best_are_those_of_a_stable_sort() =>
        Gen.Select(Gen.Int[0, 9].Select(value => (float)value).Array[1, 60], Gen.Int[1, 70]).Sample((logits, count) =>
        {
            var sorted = Enumerable.Range(0, logits.Length).OrderByDescending(token => logits[token]).Take(count);

            Assert.Equal(sorted, Softmax.Best(logits, count));
        });

    [Fact]
    public void A_masked_token_does_not_poison_the_entropy()
    {
        var (entropy, _) = Softmax.Measure([1f, float.NegativeInfinity, 1f]);

        Assert.Equal(Math.Log(2), entropy, 1e-6);
    }

    [Fact]
    public void Mixture_weights_are_positive_sorted_and_sum_to_one() =>
        Gen.Select(Logits, Gen.Float[0.05f, 3], Gen.Int[1, 40], Gen.Float[0.01f, 1], Gen.Float[0, 1], Gen.Int[1, 12])
            .Sample((logits, temperature, topK, topP, minP, maxTopK) =>
            {
                var (tokens, weights) = SoftMixture.Filter(logits, new SoftMixtureOptions
                {
                    Temperature = temperature,
                    TopK = topK,
                    TopP = topP,
                    MinP = minP,
                    MaxTopK = maxTopK,
                });

                Assert.Equal(tokens.Length, weights.Length);
                Assert.InRange(tokens.Length, 1, Math.Min(Math.Min(topK, maxTopK), logits.Length));
                Assert.Equal(tokens.Length, tokens.Distinct().Count());
                Assert.Equal(1, weights.Sum(), 1e-9);
                Assert.Equal(weights.OrderDescending(), weights);
                Assert.Equal(logits.Max(), logits[tokens[0]]);
            });
}
