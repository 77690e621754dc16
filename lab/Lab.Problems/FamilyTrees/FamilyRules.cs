namespace CognitiveTools.Lab.Problems.FamilyTrees;

/// <summary>
/// The rules of kinship: 36 of them over three given relations, after Symbolic Tree (Tang et al. 2023, arXiv 2305.14825).
/// </summary>
internal static class FamilyRules
{
    /// <summary>Relations that are given, not derived.</summary>
    public static IReadOnlyList<string> Given { get; } = ["parentOf", "male", "female"];

    /// <summary>All rules, simple ones first.</summary>
    public static IReadOnlyList<HornRule> All { get; } =
    [
        .. new[]
        {
            "childOf(X,Y) :- parentOf(Y,X)",
            "fatherOf(X,Y) :- parentOf(X,Y), male(X)",
            "motherOf(X,Y) :- parentOf(X,Y), female(X)",
            "sonOf(X,Y) :- childOf(X,Y), male(X)",
            "daughterOf(X,Y) :- childOf(X,Y), female(X)",
            "siblingOf(X,Y) :- parentOf(Z,X), parentOf(Z,Y), X!=Y",
            "brotherOf(X,Y) :- siblingOf(X,Y), male(X)",
            "sisterOf(X,Y) :- siblingOf(X,Y), female(X)",
            "grandparentOf(X,Y) :- parentOf(X,Z), parentOf(Z,Y)",
            "grandfatherOf(X,Y) :- grandparentOf(X,Y), male(X)",
            "grandmotherOf(X,Y) :- grandparentOf(X,Y), female(X)",
            "grandchildOf(X,Y) :- grandparentOf(Y,X)",
            "grandsonOf(X,Y) :- grandchildOf(X,Y), male(X)",
            "granddaughterOf(X,Y) :- grandchildOf(X,Y), female(X)",
            "greatGrandparentOf(X,Y) :- parentOf(X,Z), grandparentOf(Z,Y)",
            "greatGrandfatherOf(X,Y) :- greatGrandparentOf(X,Y), male(X)",
            "greatGrandmotherOf(X,Y) :- greatGrandparentOf(X,Y), female(X)",
            "greatGrandchildOf(X,Y) :- greatGrandparentOf(Y,X)",
            "greatGrandsonOf(X,Y) :- greatGrandchildOf(X,Y), male(X)",
            "greatGranddaughterOf(X,Y) :- greatGrandchildOf(X,Y), female(X)",
            "auntOrUncleOf(X,Y) :- siblingOf(X,Z), parentOf(Z,Y)",
            "uncleOf(X,Y) :- auntOrUncleOf(X,Y), male(X)",
            "auntOf(X,Y) :- auntOrUncleOf(X,Y), female(X)",
            "nieceOrNephewOf(X,Y) :- auntOrUncleOf(Y,X)",
            "nephewOf(X,Y) :- nieceOrNephewOf(X,Y), male(X)",
            "nieceOf(X,Y) :- nieceOrNephewOf(X,Y), female(X)",
            "cousinOf(X,Y) :- parentOf(Z,X), auntOrUncleOf(Z,Y)",
            "boyCousinOf(X,Y) :- cousinOf(X,Y), male(X)",
            "girlCousinOf(X,Y) :- cousinOf(X,Y), female(X)",
            "greatAuntOrUncleOf(X,Y) :- siblingOf(X,Z), grandparentOf(Z,Y)",
            "greatUncleOf(X,Y) :- greatAuntOrUncleOf(X,Y), male(X)",
            "greatAuntOf(X,Y) :- greatAuntOrUncleOf(X,Y), female(X)",
            "secondCousinOf(X,Y) :- parentOf(Z,X), parentOf(W,Y), cousinOf(Z,W)",
            "ancestorOf(X,Y) :- parentOf(X,Y)",
            "ancestorOf(X,Y) :- parentOf(X,Z), ancestorOf(Z,Y)",
            "descendantOf(X,Y) :- ancestorOf(Y,X)",
        }.Select(HornRule.Parse),
    ];

    /// <summary>Relations that some rule derives, in the order of the rules.</summary>
    public static IReadOnlyList<string> Derived { get; } =
        [.. All.Select(rule => rule.Conclusion.Relation).Distinct(StringComparer.Ordinal)];

    private static readonly Dictionary<string, IReadOnlyList<HornRule>> Needed =
        Given.Concat(Derived).ToDictionary(static relation => relation, Find, StringComparer.Ordinal);

    /// <summary>The rules that a derivation of a relation may use, in the order of <see cref="All"/>.</summary>
    public static IReadOnlyList<HornRule> For(string relation) => Needed[relation];

    private static IReadOnlyList<HornRule> Find(string relation)
    {
        var needed = new HashSet<string>(StringComparer.Ordinal) { relation };
        while (All.Where(rule => needed.Contains(rule.Conclusion.Relation)).SelectMany(rule => rule.Conditions).ToArray()
            .Any(condition => needed.Add(condition.Relation)))
        {
            // Until nothing new is needed.
        }

        return [.. All.Where(rule => needed.Contains(rule.Conclusion.Relation))];
    }
}
