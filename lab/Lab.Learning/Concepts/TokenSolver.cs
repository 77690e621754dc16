using CognitiveTools.Lab.Learning.Data;
using CognitiveTools.Lab.Learning.Networks;

namespace CognitiveTools.Lab.Learning.Concepts;

/// <summary>A token model that writes solutions greedily.</summary>
/// <param name="name">Name of the arm.</param>
/// <param name="network">The network.</param>
/// <param name="cutter">Cuts what it writes.</param>
internal sealed class TokenSolver(string name, Decoder network, LineCutter cutter) : ILineSolver
{
    /// <summary>Most tokens of a solution.</summary>
    public int MostTokens { get; init; } = 240;

    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public long Parameters => network.Parameters.Count;

    /// <inheritdoc/>
    public IReadOnlyList<LinedAnswer> Solve(IReadOnlyList<LinedProblem> problems)
    {
        var limit = Math.Min(MostTokens, network.Shape.Context - problems.Max(static problem => problem.Prompt.Count));
        var texts = new Sampler(network, cutter.Stop) { Limit = limit }.Continue([.. problems.Select(static problem => problem.Prompt)]);
        var output = (long)network.Shape.Vocabulary * network.Shape.Width;
        var ofPosition = network.Parameters.Decayed - output;
        return [.. problems.Zip(texts, (problem, text) =>
        {
            var positions = problem.Prompt.Count + text.Count;
            return new LinedAnswer(cutter.Lines(text), positions, positions * ofPosition + (text.Count + 1) * output);
        })];
    }
}
