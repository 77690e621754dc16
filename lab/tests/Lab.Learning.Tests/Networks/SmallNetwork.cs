using CognitiveTools.Lab.Learning.Networks;
using CognitiveTools.Randomness;
using TorchSharp;
using static TorchSharp.torch;

namespace CognitiveTools.Lab.Learning.Tests.Networks;

/// <summary>Small networks, and their gradients two ways.</summary>
internal static class SmallNetwork
{
    /// <summary>Some three thousand parameters, in double precision, large enough that every path matters.</summary>
    public static Decoder Create(int vocabulary = 37, ulong seed = 5)
    {
        var network = new Decoder(new DecoderShape(vocabulary, 16, 2, 2, 24, 256), new SeededRandom(seed), ScalarType.Float64);
        using (no_grad())
            network.Parameters.Values.mul_(6);
        return network;
    }

    /// <summary>The gradients of a loss, those of the backward pass.</summary>
    public static double[] Backward(ParameterVector parameters, Func<Tensor> loss)
    {
        using var scope = NewDisposeScope();
        using (no_grad())
            parameters.Gradients.zero_();
        loss().backward();
        return parameters.Gradients.data<double>().ToArray();
    }

    /// <summary>Compares a backward pass with central differences of some parameters.</summary>
    public static void CheckGradients(ParameterVector parameters, Func<Tensor> loss, int samples = 150)
    {
        var gradients = Backward(parameters, loss);
        var largest = gradients.Max(Math.Abs);
        Assert.True(largest > 1e-3, $"The largest gradient is {largest}; the loss does not depend on the parameters.");
        var random = new SeededRandom(11);
        var touched = Enumerable.Range(0, gradients.Length).Where(i => gradients[i] != 0).ToArray();
        for (var i = 0; i < samples; i++)
        {
            const double Step = 1e-5;
            var index = i % 5 == 0 ? random.Below(gradients.Length) : random.Pick(touched);
            var difference = (At(index, Step) - At(index, -Step)) / (2 * Step);
            Assert.Equal(difference, gradients[index], 1e-4 * Math.Max(1, largest));
        }

        double At(int index, double change)
        {
            using var scope = NewDisposeScope();
            using var frozen = no_grad();
            var one = parameters.Values.narrow(0, index, 1);
            one.add_(change);
            var value = loss().item<double>();
            one.sub_(change);
            return value;
        }
    }
}
