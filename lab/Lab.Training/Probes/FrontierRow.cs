namespace CognitiveTools.Lab.Training.Probes;

/// <summary>
/// What the thoughts at one step of a graph search hold: mean inner products with the input embeddings of nodes, after the
/// projection in Zhu et al. 2025 (arXiv 2505.12514).
/// </summary>
/// <param name="Thought">Number of the thought, from 1.</param>
/// <param name="Graphs">Graphs whose search goes so far.</param>
/// <param name="Unreachable">Mean over nodes that no path from the root leads to.</param>
/// <param name="Reachable">Mean over nodes within as many hops as there were thoughts, the root left out.</param>
/// <param name="Frontier">Mean over nodes at exactly as many hops.</param>
/// <param name="Optimal">Mean over nodes of the frontier on a shortest way to the target; NaN when the target lies nearer.</param>
/// <param name="Auc">Chance that a node of the frontier has a larger inner product than another node of its graph.</param>
internal sealed record FrontierRow(
    int Thought, int Graphs, double Unreachable, double Reachable, double Frontier, double Optimal, double Auc)
{
    private const double Tolerance = 0.15;

    /// <summary>
    /// Whether another measurement says the same: means within 0.15, the area within 0.01. Other processors round otherwise,
    /// and a rounded thought is fed back.
    /// </summary>
    public bool Agrees(FrontierRow other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Thought == other.Thought && Graphs == other.Graphs && Math.Abs(Auc - other.Auc) <= 0.01
            && Near(Unreachable, other.Unreachable) && Near(Reachable, other.Reachable) && Near(Frontier, other.Frontier)
                && Near(Optimal, other.Optimal);
    }

    private static bool Near(double one, double other) => (double.IsNaN(one) && double.IsNaN(other)) || Math.Abs(one - other) <= Tolerance;
}
