namespace CognitiveTools.Lab.Problems.FamilyTrees;

/// <summary>Derives everything that follows from facts by rules, round after round, until nothing new follows.</summary>
internal static class ForwardChainer
{
    /// <summary>Every true statement with the round in which it first followed; given facts have round 0.</summary>
    /// <param name="facts">What is given.</param>
    /// <param name="rules">The rules.</param>
    public static IReadOnlyDictionary<Atom<int>, int> Close(IEnumerable<Atom<int>> facts, IReadOnlyList<HornRule> rules)
    {
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(rules);
        var known = facts.Distinct().ToDictionary(fact => fact, _ => 0);
        for (var round = 1; ; round++)
        {
            var byRelation = known.Keys.ToLookup(fact => fact.Relation, StringComparer.Ordinal);
            var found = rules.SelectMany(rule => Apply(rule, byRelation)).Where(fact => !known.ContainsKey(fact)).Distinct().ToArray();
            if (found.Length == 0)
                return known;
            foreach (var fact in found)
                known.Add(fact, round);
        }
    }

    /// <summary>What one rule gives in one step.</summary>
    internal static IEnumerable<Atom<int>> Apply(HornRule rule, ILookup<string, Atom<int>> known)
    {
        var bindings = new List<Dictionary<char, int>> { new() };
        foreach (var condition in rule.Conditions)
            bindings = [.. bindings.SelectMany(
                binding => known[condition.Relation].Select(fact => Extend(binding, condition, fact)).OfType<Dictionary<char, int>>())];
        return bindings
            .Where(binding => rule.Distinct is not { } pair || binding[pair.First] != binding[pair.Second])
            .Select(binding => rule.Conclusion.Map(variable => binding[variable]));
    }

    private static Dictionary<char, int>? Extend(Dictionary<char, int> binding, Atom<char> condition, Atom<int> fact)
    {
        var extended = new Dictionary<char, int>(binding);
        foreach (var (variable, person) in condition.Arguments.Zip(fact.Arguments))
        {
            if (!extended.TryAdd(variable, person) && extended[variable] != person)
                return null;
        }

        return extended;
    }
}
