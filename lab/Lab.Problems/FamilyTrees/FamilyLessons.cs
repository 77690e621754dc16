using CognitiveTools.Lab.Problems.Generation;
using CognitiveTools.Lab.Problems.Traced;
using CognitiveTools.Randomness;

namespace CognitiveTools.Lab.Problems.FamilyTrees;

/// <summary>
/// What small models are taught of family trees. Questions come in semantic words and, about every other relation, in symbols. Misleading
/// words are never taught. Invented names come in recitals alone, so that they are known as words and no question was ever asked in them.
/// </summary>
internal static class FamilyLessons
{
    /// <summary>Questions that are taught.</summary>
    public static IReadOnlyList<FamilyQuestion> Questions { get; } = [FamilyQuestion.Deduce, FamilyQuestion.Count];

    private static readonly Lexicon[] Recited = [Lexicon.Semantic, Lexicon.Symbolic, Lexicon.Renamed];

    /// <summary>Whether questions about a derived relation are taught in symbols.</summary>
    public static bool IsTaughtInSymbols(string relation) => FamilyRules.Derived.TakeWhile(other => other != relation).Count() % 2 == 0;

    /// <summary>Problems without end.</summary>
    /// <param name="seed">Fixes what is drawn.</param>
    /// <param name="heldOut">Instances never trained on, or those to train on.</param>
    public static IEnumerable<TracedProblem> Draw(ulong seed, bool heldOut)
    {
        var random = SeededRandom.For(seed, "family lessons");
        return Instances(seed, heldOut).Select(instance =>
        {
            var inSymbols = IsTaughtInSymbols(instance.Statement.Relation) && random.Percent(75);
            return new FamilyText(instance, inSymbols ? Lexicon.Symbolic : Lexicon.Semantic, seed).Traced();
        });
    }

    /// <summary>
    /// Recitals without end: of a problem's rules and facts all are looked up, in a drawn order, in the form that the work has. Learned is
    /// what was looked up.
    /// </summary>
    /// <inheritdoc cref="Draw"/>
    public static IEnumerable<Conversation> Recite(ulong seed, bool heldOut)
    {
        var random = SeededRandom.For(seed, "family recitals");
        return Instances(seed, heldOut).Select(instance =>
        {
            var lexicon = random.Pick(Recited);
            if (lexicon == Lexicon.Symbolic && !IsTaughtInSymbols(instance.Statement.Relation))
                lexicon = Lexicon.Renamed;
            var text = new FamilyText(instance, lexicon, seed);
            var groups = FamilyTrace.LookUps(instance, text, random).ToList();
            random.Shuffle(groups);
            (string Asked, string Found)[] lines = [.. groups.SelectMany(static group => group)];
            return new Conversation(
                "recall",
                FamilyGenerator.Family,
                lines.Length,
                0,
                [
                    new Passage(Role.System, "recall"), new Passage(Role.User, text.Render()),
                    .. lines.SelectMany(static line => (Passage[])
                    [
                        new(Role.Assistant, line.Asked), new(Role.Assistant, line.Found + ";", Learn: true),
                    ]),
                ]);
        });
    }

    private static IEnumerable<FamilyInstance> Instances(ulong seed, bool heldOut)
    {
        var drawn = Questions.Select(question => new FamilyGenerator(seed, question, FamilySizes.Small, heldOut).Draw().GetEnumerator())
            .ToArray();
        while (true)
        {
            foreach (var one in drawn)
            {
                one.MoveNext();
                yield return one.Current;
            }
        }
    }
}
