using CognitiveTools.Lab.Problems.Generation.Families;

namespace CognitiveTools.Lab.Problems.Generation;

/// <summary>Every family, and which of them are chained with which.</summary>
internal static class FamilyCatalog
{
    private static readonly Progression Arithmetic = new(geometric: false);
    private static readonly Progression Geometric = new(geometric: true);

    private static readonly ProblemFamily[] Plain =
    [
        new Recurrence(), new Power(), new Gcd(), new DigitSum(), Arithmetic, Geometric, new Congruence(), new Stairs(),
        new BaseDigits(), new Divisors(), new Reachability(), new Story(),
    ];

    // Learned by models of their own: not in Names, so that no corpus of the verbal models holds them.
    private static readonly ProblemFamily[] Apart = [new Operations()];

    private static readonly (string First, string Second)[] TrainedPairs =
    [
        ("gcd", "recurrence"), ("recurrence", "arithmetic"), ("power", "story"), ("divisors", "digits"),
        ("story", "digits"), ("gcd", "arithmetic"), ("power", "divisors"), ("recurrence", "power"),
    ];

    private static readonly (string First, string Second)[] UnseenPairs =
    [
        ("gcd", "power"), ("recurrence", "story"), ("power", "arithmetic"), ("divisors", "story"), ("gcd", "digits"),
    ];

    /// <summary>Names of the families drawn when none is named, <c>chain</c> last.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Plain.Select(family => family.Name), Chain.FamilyName];

    /// <summary>Names of the families drawn only when named.</summary>
    public static IReadOnlyList<string> NamesApart { get; } = [.. Apart.Select(family => family.Name)];

    /// <summary>Names of the families chained in training.</summary>
    public static IReadOnlyList<(string First, string Second)> PairsInTraining => TrainedPairs;

    /// <summary>Names of the families chained only in <see cref="Split.Recomposed"/>.</summary>
    public static IReadOnlyList<(string First, string Second)> PairsNeverTrained => UnseenPairs;

    internal static IReadOnlyList<ProblemFamily> Chains { get; } = [.. TrainedPairs.Select(Pair)];

    internal static IReadOnlyList<ProblemFamily> UnseenChains { get; } = [.. UnseenPairs.Select(Pair)];

    internal static ProblemFamily Find(string name) =>
        Plain.Concat(Apart).FirstOrDefault(family => family.Name == name)
        ?? throw new ArgumentException(
            $"There is no problem family '{name}'; there are {string.Join(", ", Names.Concat(NamesApart))}.", nameof(name));

    private static Chain Pair((string First, string Second) pair) => new(Find(pair.First), Find(pair.Second));
}
