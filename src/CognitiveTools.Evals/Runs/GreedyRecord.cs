using CognitiveTools.Reasoners;

namespace CognitiveTools.Evals.Runs;

/// <summary>The comparison of a unit's thoughts with greedy decoding, as <see cref="Agreement"/> has it.</summary>
/// <param name="Thoughts">Thoughts compared.</param>
/// <param name="Identical">Thoughts with the same token.</param>
/// <param name="Spread">Mean share of a mixture that is not its most probable token's.</param>
public sealed record GreedyRecord(int Thoughts, int Identical, double Spread)
{
    internal static GreedyRecord? Of(Reasoning reasoning) => reasoning.Steps.OfType<Agreement>().SingleOrDefault() is { } found
        ? new(found.Thoughts, found.Identical, found.Spread)
        : null;
}
