using CognitiveTools.Lab.Problems.FamilyTrees;

namespace CognitiveTools.Lab.Tests.FamilyTrees;

/// <summary>Kinship without rules: sets of parents and distances in generations, looked up on the tree itself.</summary>
internal sealed class KinshipOracle(FamilyTree tree)
{
    public bool Holds(string relation, int x, int y) => relation switch
    {
        "parentOf" => Up(y, 1).Contains(x),
        "childOf" => Up(x, 1).Contains(y),
        "siblingOf" => x != y && Up(x, 1).Overlaps(Up(y, 1)),
        "grandparentOf" => Up(y, 2).Contains(x),
        "grandchildOf" => Up(x, 2).Contains(y),
        "greatGrandparentOf" => Up(y, 3).Contains(x),
        "greatGrandchildOf" => Up(x, 3).Contains(y),
        "auntOrUncleOf" => Up(y, 1).Any(parent => Holds("siblingOf", x, parent)),
        "nieceOrNephewOf" => Holds("auntOrUncleOf", y, x),
        "cousinOf" => Up(x, 1).Any(a => Up(y, 1).Any(b => Holds("siblingOf", a, b))),
        "greatAuntOrUncleOf" => Up(y, 2).Any(grandparent => Holds("siblingOf", x, grandparent)),
        "secondCousinOf" => Up(x, 2).Any(a => Up(y, 2).Any(b => Holds("siblingOf", a, b))),
        "ancestorOf" => Enumerable.Range(1, tree.Males.Count).Any(generations => Up(y, generations).Contains(x)),
        "descendantOf" => Holds("ancestorOf", y, x),
        _ => Sexed(relation, x, y),
    };

    private bool Sexed(string relation, int x, int y)
    {
        var (male, plain) = relation switch
        {
            "fatherOf" => (true, "parentOf"),
            "motherOf" => (false, "parentOf"),
            "sonOf" => (true, "childOf"),
            "daughterOf" => (false, "childOf"),
            "brotherOf" => (true, "siblingOf"),
            "sisterOf" => (false, "siblingOf"),
            "grandfatherOf" => (true, "grandparentOf"),
            "grandmotherOf" => (false, "grandparentOf"),
            "grandsonOf" => (true, "grandchildOf"),
            "granddaughterOf" => (false, "grandchildOf"),
            "greatGrandfatherOf" => (true, "greatGrandparentOf"),
            "greatGrandmotherOf" => (false, "greatGrandparentOf"),
            "greatGrandsonOf" => (true, "greatGrandchildOf"),
            "greatGranddaughterOf" => (false, "greatGrandchildOf"),
            "uncleOf" => (true, "auntOrUncleOf"),
            "auntOf" => (false, "auntOrUncleOf"),
            "nephewOf" => (true, "nieceOrNephewOf"),
            "nieceOf" => (false, "nieceOrNephewOf"),
            "boyCousinOf" => (true, "cousinOf"),
            "girlCousinOf" => (false, "cousinOf"),
            "greatUncleOf" => (true, "greatAuntOrUncleOf"),
            "greatAuntOf" => (false, "greatAuntOrUncleOf"),
            _ => throw new ArgumentException($"The oracle does not know '{relation}'; teach it.", nameof(relation)),
        };
        return tree.Males[x] == male && Holds(plain, x, y);
    }

    private HashSet<int> Up(int person, int generations) => generations == 0
        ? [person]
        : [.. tree.Parents.Where(pair => pair.Child == person).SelectMany(pair => Up(pair.Parent, generations - 1))];
}
