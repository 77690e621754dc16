using System.Globalization;

namespace CognitiveTools.Lab.Problems.FamilyTrees;

/// <summary>A family, a question about it and the exact answer, before any words are chosen.</summary>
/// <param name="Number">Number of the instance; the words drawn for it depend on it.</param>
/// <param name="Tree">The family.</param>
/// <param name="Question">What is asked.</param>
/// <param name="Statement">The statement asked about; when counting, the second person is the one that others are counted for.</param>
/// <param name="Rules">The rules shown.</param>
/// <param name="Answer">The exact answer.</param>
/// <param name="Depth">Rounds of derivation that the answer needs; for a statement that does not follow, those of its relation.</param>
internal sealed record FamilyInstance(
    int Number, FamilyTree Tree, FamilyQuestion Question, Atom<int> Statement, IReadOnlyList<HornRule> Rules, string Answer, int Depth)
{
    /// <summary>For induction: the rules to choose from, numbered from 1 in this order.</summary>
    public IReadOnlyList<HornRule> Candidates { get; init; } = [];

    /// <summary>For induction: every statement of the relation that holds.</summary>
    public IReadOnlyList<Atom<int>> Pairs { get; init; } = [];

    /// <summary>Facts and question, whatever the words.</summary>
    public string Key => $"{Question} {Spell(Statement)} {string.Join(' ', Tree.Facts.Select(Spell))}";

    /// <summary>Name that the four renderings share.</summary>
    public string Id => string.Create(CultureInfo.InvariantCulture, $"family-{Question}-{Number:0000}").ToLowerInvariant();

    private static string Spell(Atom<int> atom) =>
        string.Create(CultureInfo.InvariantCulture, $"{atom.Relation} {atom.First} {atom.Second}");
}
