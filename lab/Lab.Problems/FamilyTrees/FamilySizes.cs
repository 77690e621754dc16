namespace CognitiveTools.Lab.Problems.FamilyTrees;

/// <summary>How large families are, and how long the work on a question may be.</summary>
/// <param name="FewestPeople">People at least.</param>
/// <param name="MostPeople">People at most.</param>
/// <param name="MostLines">
/// Lines of <see cref="FamilyTrace"/> at most, which leaves out relations with two rules, because they have no such work;
/// <see langword="null"/> for any question.
/// </param>
internal sealed record FamilySizes(int FewestPeople, int MostPeople, int? MostLines = null)
{
    /// <summary>Families of the suite <c>family-trees</c>.</summary>
    public static FamilySizes Large { get; } = new(8, 14);

    /// <summary>Families that small models are trained on.</summary>
    public static FamilySizes Small { get; } = new(5, 9, 10);
}
