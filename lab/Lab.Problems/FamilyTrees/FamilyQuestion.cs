namespace CognitiveTools.Lab.Problems.FamilyTrees;

/// <summary>What is asked.</summary>
internal enum FamilyQuestion
{
    /// <summary>Deduction: does a statement follow? Answer <c>yes</c> or <c>no</c>, each half of the time.</summary>
    Deduce,

    /// <summary>Counting: of how many people does the relation to one person hold? Answer an integer, never 0.</summary>
    Count,

    /// <summary>
    /// Induction: of four rules, which one gives exactly the pairs for which a relation holds? Answer the rule's number, 1 to 4.
    /// </summary>
    Induce,
}
