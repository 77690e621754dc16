using CognitiveTools.Evals.Problems;

namespace CognitiveTools.Lab.Problems.ProsQa;

/// <summary>ProsQA problems that are shifted from the training data in the same way.</summary>
/// <param name="Name">Its name, the <see cref="Problem.Topic"/> of its problems.</param>
/// <param name="FewestHops">Hops at least.</param>
/// <param name="MostHops">Hops at most.</param>
/// <param name="MoreNodes">Nodes beyond those of the training data.</param>
internal sealed record ProsCell(string Name, int FewestHops, int MostHops, int MoreNodes = 0)
{
    private const int More = 12;

    /// <summary>As trained; larger graphs with as many hops; larger graphs with more hops, which smaller ones hardly ever have.</summary>
    public static IReadOnlyList<ProsCell> All { get; } =
    [
        new("as trained", ProsGenerator.FewestHops, ProsGenerator.MostTrainedHops),
        new("larger", ProsGenerator.FewestHops, ProsGenerator.MostTrainedHops, More),
        new("larger, 7 hops", 7, 7, More),
        new("larger, 8 hops", 8, 8, More),
    ];

    /// <summary>Problems of this cell that are never trained on.</summary>
    /// <param name="seed">Fixes what is drawn.</param>
    /// <param name="count">Problems.</param>
    public IEnumerable<Problem> Draw(ulong seed, int count)
    {
        var id = Name.Replace(",", "", StringComparison.Ordinal).Replace(' ', '-');
        return new ProsGenerator(seed, heldOut: true).Draw(FewestHops, MostHops, MoreNodes).Take(count)
            .Select((problem, i) => problem.ToProblem($"{id}-{i + 1:0000}") with { Topic = Name });
    }
}
