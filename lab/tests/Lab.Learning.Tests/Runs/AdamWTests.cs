using CognitiveTools.Lab.Learning.Networks;
using CognitiveTools.Lab.Learning.Runs;
using CognitiveTools.Randomness;
using TorchSharp;
using static TorchSharp.torch;

namespace CognitiveTools.Lab.Learning.Tests.Runs;

public sealed class AdamWTests
{
    [Fact]
    public void Steps_are_those_of_the_formula_number_by_number()
    {
        using var vector = new ParameterVector([("matrix", 2, 3, 1.0)], [("norm", 2)], new SeededRandom(1), ScalarType.Float64, CPU);
        using var optimizer = new AdamW([vector], decay: 0.1);
        var values = vector.Values.data<double>().ToArray();
        var (first, second) = (new double[8], new double[8]);
        for (var step = 1; step <= 3; step++)
        {
            var gradients = Enumerable.Range(0, 8).Select(i => Math.Sin(i * step) * step).ToArray();
            using (no_grad())
            using (var given = tensor(gradients))
                vector.Gradients.copy_(given);
            var norm = (float)Math.Sqrt(gradients.Sum(static g => g * g));
            for (var i = 0; i < 8; i++)
            {
                var g = norm > 1 ? gradients[i] / (norm + 1e-6) : gradients[i];
                if (i < 6)
                    values[i] *= 1 - 0.01 * 0.1;
                first[i] = 0.9 * first[i] + 0.1 * g;
                second[i] = 0.98 * second[i] + 0.02 * g * g;
                values[i] -= 0.01 * (first[i] / (1 - Math.Pow(0.9, step))) / (Math.Sqrt(second[i] / (1 - Math.Pow(0.98, step))) + 1e-8);
            }

            optimizer.Step(0.01);
            Assert.All(values.Zip(vector.Values.data<double>().ToArray()), static pair => Assert.Equal(pair.First, pair.Second, 1e-6));
            Assert.All(vector.Gradients.data<double>().ToArray(), static g => Assert.Equal(0, g));
        }
    }
}
