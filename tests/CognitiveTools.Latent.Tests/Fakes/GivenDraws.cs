namespace CognitiveTools.Latent.Tests.Fakes;

/// <summary>A generator that gives the uniforms of a list, in order, and fails when it is asked for more.</summary>
internal sealed class GivenDraws(params double[] uniforms) : Random
{
    private int _next;

    public override double NextDouble() => uniforms[_next++];
}
