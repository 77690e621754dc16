using CognitiveTools.Lab.Problems.Generation;
using CognitiveTools.Randomness;

namespace CognitiveTools.Lab.Problems.FamilyTrees;

/// <summary>Draws instances: the answer comes from forward chaining over <see cref="FamilyRules.All"/>.</summary>
/// <param name="seed">Fixes everything drawn.</param>
/// <param name="question">What the instances ask.</param>
/// <param name="sizes">How large the families are.</param>
/// <param name="heldOut">
/// Instances never trained on, or instances to train on; a hash of facts and question decides. <see langword="null"/> for all.
/// </param>
internal sealed class FamilyGenerator(ulong seed, FamilyQuestion question, FamilySizes sizes, bool? heldOut = null)
{
    /// <summary>Family of the training conversations.</summary>
    public const string Family = "family-trees";

    private const int Candidates = 4;
    private const ulong HeldOutShare = 8;

    private readonly SeededRandom _random = SeededRandom.For(seed, $"family trees {question}");

    /// <summary>Instances without end.</summary>
    public IEnumerable<FamilyInstance> Draw()
    {
        for (var number = 1; ;)
        {
            var tree = FamilyTree.Draw(_random, _random.Between(3, 4), _random.Between(sizes.FewestPeople, sizes.MostPeople));
            if (tree.Males.Count >= sizes.FewestPeople && TryAsk(number, tree) is { } instance && IsDrawn(instance))
            {
                yield return instance;
                number++;
            }
        }
    }

    // In small families most relations hold for one person; a third of these counts is kept, so that no number is a good guess.
    private bool IsDrawn(FamilyInstance instance) =>
        (heldOut is null || StableHash.Of(instance.Key) % HeldOutShare == 0 == heldOut)
            && (sizes.MostLines is not { } most
                || (FamilyText.LinesOf(instance) <= most && (!IsCountOfOne(instance) || _random.Below(3) == 0)));

    private static bool IsCountOfOne(FamilyInstance instance) => instance is { Question: FamilyQuestion.Count, Answer: "1" };

    private FamilyInstance? TryAsk(int number, FamilyTree tree)
    {
        // A corpus needs many instances, and all rules take far longer than those of one relation.
        var only = sizes.MostLines is null ? null : _random.Pick(FamilyTrace.Relations);
        var known = ForwardChainer.Close(tree.Facts, only is null ? FamilyRules.All : FamilyRules.For(only));
        var derived = known.Where(fact => fact.Value > 0).ToLookup(fact => fact.Key.Relation, StringComparer.Ordinal);

        // A relation first, then a fact: otherwise ancestors, which are many, would be asked about most of the time.
        if (only is not null && !derived.Contains(only))
            return null;
        var relation = only ?? _random.Pick(FamilyRules.Derived.Where(derived.Contains).ToArray());
        var (fact, depth) = _random.Pick(derived[relation].OrderBy(f => f.Key.First).ThenBy(f => f.Key.Second).ToArray());
        return question switch
        {
            FamilyQuestion.Deduce => Deduce(number, tree, fact, depth, known),
            FamilyQuestion.Count => new(
                number, tree, question, fact, FamilyRules.For(relation),
                $"{derived[relation].Count(f => f.Key.Second == fact.Second)}", depth),
            _ => Induce(number, tree, fact, depth, known),
        };
    }

    // A false statement keeps the relation and the second person; the first is another member of the family.
    private FamilyInstance? Deduce(int number, FamilyTree tree, Atom<int> fact, int depth, IReadOnlyDictionary<Atom<int>, int> known)
    {
        if (number % 2 == 0)
            return new(number, tree, FamilyQuestion.Deduce, fact, FamilyRules.For(fact.Relation), "yes", depth);
        var others = Enumerable.Range(0, tree.Males.Count)
            .Where(person => person != fact.Second && !known.ContainsKey(fact with { First = person })).ToArray();
        return others.Length == 0
            ? null
            : new(number, tree, FamilyQuestion.Deduce, fact with { First = _random.Pick(others) }, FamilyRules.For(fact.Relation), "no",
                depth);
    }

    // The relation's own rule and three others, all said to define it; only its own gives exactly the pairs shown.
    private FamilyInstance? Induce(int number, FamilyTree tree, Atom<int> fact, int depth, IReadOnlyDictionary<Atom<int>, int> known)
    {
        var own = FamilyRules.All.Where(rule => rule.Conclusion.Relation == fact.Relation).ToArray();
        if (own.Length != 1)
            return null;
        var pairs = Pairs(own[0], fact.Relation, known);
        var others = FamilyRules.All
            .Where(rule => rule.Conclusion.Relation != fact.Relation && !Uses(rule, fact.Relation)
                && !Pairs(rule, fact.Relation, known).SetEquals(pairs))
            .ToList();
        _random.Shuffle(others);
        var wrong = others.Take(Candidates - 1)
            .Select(rule => rule with { Conclusion = rule.Conclusion with { Relation = fact.Relation } });
        List<HornRule> candidates = [own[0], .. wrong];
        _random.Shuffle(candidates);
        var needed = candidates.SelectMany(rule => rule.Conditions).SelectMany(condition => FamilyRules.For(condition.Relation))
            .ToHashSet();
        return new(number, tree, FamilyQuestion.Induce, fact, [.. FamilyRules.All.Where(needed.Contains)],
            $"{candidates.IndexOf(own[0]) + 1}", depth)
        {
            Candidates = candidates,
            Pairs = [.. pairs.OrderBy(pair => pair.First).ThenBy(pair => pair.Second)],
        };
    }

    // What a rule gives in one step from all that is known; a rule whose body needs the relation itself would define it by itself.
    private static HashSet<Atom<int>> Pairs(HornRule rule, string relation, IReadOnlyDictionary<Atom<int>, int> known) =>
        [.. ForwardChainer.Apply(rule, known.Keys.ToLookup(fact => fact.Relation, StringComparer.Ordinal))
            .Select(fact => fact with { Relation = relation })];

    private static bool Uses(HornRule rule, string relation) =>
        rule.Conditions.Any(
            condition => condition.Relation == relation
            || FamilyRules.For(condition.Relation).Any(step => step.Conclusion.Relation == relation));
}
