using CognitiveTools.Evals.Problems;

namespace CognitiveTools.Lab.Problems.ProsQa;

/// <summary>ProsQA problems that are shifted from the training data in the same way.</summary>
/// <param name="Name">Its name, the <see cref="Problem.Topic"/> of its problems.</param>
/// <param name="FewestHops">Hops at least.</param>
/// <param name="MostHops">Hops at most.</param>
/// <param name="MoreNodes">Nodes beyond the published ones; negative for smaller graphs.</param>
internal sealed record ProsCell(string Name, int FewestHops, int MostHops, int MoreNodes = 0)
{
    // As the corpora of the runs prosqa-* have them: graphs of ten to twenty nodes.
    private const int MostTrainedHops = 4, Fewer = -8, More = 12;

    /// <summary>As trained; the published sizes; larger graphs with more hops, which smaller ones hardly ever have.</summary>
    public static IReadOnlyList<ProsCell> All { get; } =
    [
        new("as trained", 2, MostTrainedHops, Fewer),
        new("published sizes", ProsGenerator.FewestHops, ProsGenerator.MostHops),
        new("larger 7 hops", 7, 7, More),
        new("larger 8 hops", 8, 8, More),
    ];

    /// <summary>The cells of these names; all when there is no name.</summary>
    /// <exception cref="ArgumentException">There is no such cell.</exception>
    public static IReadOnlyList<ProsCell> Find(IReadOnlyList<string> names) => names.Count == 0
        ? All
        : [.. names.Select(name => All.FirstOrDefault(cell => cell.Name == name) ?? throw new ArgumentException(
            $"There is no cell '{name}' of ProsQA; there are {string.Join(", ", All.Select(static cell => $"'{cell.Name}'"))}."))];

    /// <summary>Problems of this cell that are never trained on.</summary>
    /// <param name="seed">Fixes what is drawn.</param>
    /// <param name="count">Problems.</param>
    public IEnumerable<Problem> Draw(ulong seed, int count)
    {
        var id = Name.Replace(' ', '-');
        return new ProsGenerator(seed, heldOut: true).Draw(FewestHops, MostHops, MoreNodes).Take(count)
            .Select((problem, i) => problem.ToProblem($"{id}-{i + 1:0000}") with { Topic = Name });
    }
}
