using CognitiveTools.Reasoners;

namespace CognitiveTools.Latent.Solving;

/// <summary>
/// What several trajectories about one question share, whatever kind of model makes them: their seeds, the choice among their answers, and
/// the bill.
/// </summary>
internal static class Width
{
    /// <summary>The seed of a trajectory; a single one has the solve's.</summary>
    public static int Seed(int seed, int width, int index) => width == 1 ? seed : Seeds.Derive(seed, index);

    /// <summary>Chooses one of several branches, and marks it.</summary>
    public static IReadOnlyList<Branch> Choose(BranchChoice choice, Question question, IReadOnlyList<Branch> branches)
    {
        var winner = choice.Choose(question, branches);
        return [.. branches.Select(branch => branch with { Chosen = branch.Index == winner })];
    }

    /// <summary>The bill of a solve: its own, that of the chosen trajectory, and the positions of all others as discarded.</summary>
    public static Usage Bill(Usage own, IReadOnlyList<Usage> trajectories, int chosen)
    {
        var bill = own + trajectories[chosen];
        return bill with { Discarded = bill.Discarded + trajectories.Where((_, i) => i != chosen).Sum(static usage => usage.Positions) };
    }
}
