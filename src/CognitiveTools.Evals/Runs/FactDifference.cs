using System.Text.Json;
using CognitiveTools.Identity;

namespace CognitiveTools.Evals.Runs;

/// <summary>A fact that differs from the earlier run, for instance <c>tools sha256</c>; null where a run does not have it.</summary>
internal readonly record struct FactDifference(string Fact, string? Before, string? After)
{
    private const int MostOfAValue = 120;
    private const int HashDigits = 64;
    private const int HashDigitsShown = 12;

    /// <summary>The differences of two runs' facts, each once however many arms have it.</summary>
    public static IReadOnlyList<FactDifference> Between(RunFacts before, RunFacts after) =>
    [
        .. Compare(Shared(before), Shared(after))
            .Concat(before.Arms.Keys.Union(after.Arms.Keys, StringComparer.Ordinal)
                .SelectMany(arm => Between(OfArm(before, arm), OfArm(after, arm))))
            .Distinct(),
    ];

    /// <summary>The differences of two reasoners.</summary>
    public static IEnumerable<FactDifference> Between(ReasonerIdentity before, ReasonerIdentity after) =>
        Compare(FactList.Of(before), FactList.Of(after));

    public override string ToString()
    {
        var same = Before is null || After is null ? 0 : Before.AsSpan().CommonPrefixLength(After);
        return $"{Fact} was {Say(Before, same)} and is {Say(After, same)}";
    }

    // An arm that the other run does not have is named by the suite's difference.
    private static ReasonerIdentity OfArm(RunFacts facts, string arm) => facts.Of(arm) ?? new ReasonerIdentity();

    private static IReadOnlyDictionary<string, string> Shared(RunFacts facts) =>
        FactList.Of(JsonSerializer.SerializeToElement(
            facts with { Reasoners = [], Arms = new Dictionary<string, int>(StringComparer.Ordinal) }, RunFormat.Line<RunFacts>()));

    private static IEnumerable<FactDifference> Compare(
        IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> after) =>
        before.Keys.Union(after.Keys, StringComparer.Ordinal)
            .Select(fact => new FactDifference(fact, before.GetValueOrDefault(fact), after.GetValueOrDefault(fact)))
            .Where(difference => difference.Before != difference.After);

    // Hashes are shortened, and of a long text the part is shown that differs.
    private static string Say(string? value, int same)
    {
        if (value is null)
            return "absent";
        if (value.Length == HashDigits && value.All(char.IsAsciiHexDigitLower))
            return value[..HashDigitsShown];
        if (value.Length <= MostOfAValue)
            return value;
        var from = Math.Max(0, same - (MostOfAValue / 2));
        var part = value.Substring(from, Math.Min(MostOfAValue, value.Length - from));
        return $"{(from > 0 ? "..." : "")}{part}{(from + part.Length < value.Length ? "..." : "")}";
    }
}
