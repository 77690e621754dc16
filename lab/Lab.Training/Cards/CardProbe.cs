using CognitiveTools.Lab.Training.Probes;

namespace CognitiveTools.Lab.Training.Cards;

/// <summary>A frontier probe with all it takes to measure it again (see <see cref="FrontierProbe"/>).</summary>
/// <param name="Seed">Seed of the graphs.</param>
/// <param name="Graphs">Graphs asked for.</param>
/// <param name="Thoughts">Thoughts per graph.</param>
/// <param name="Rows">A row per thought.</param>
internal sealed record CardProbe(ulong Seed, int Graphs, int Thoughts, IReadOnlyList<FrontierRow> Rows)
{
    /// <summary>Whether another measurement says the same.</summary>
    public bool Agrees(CardProbe other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Rows.Count == other.Rows.Count && Rows.Zip(other.Rows).All(pair => pair.First.Agrees(pair.Second));
    }
}
