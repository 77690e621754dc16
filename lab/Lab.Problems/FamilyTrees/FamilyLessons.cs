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

    private const int FactsRecited = 5, MostPeopleOfFacts = 4;

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
            return Recital(text.Render(), FamilyTrace.LookUps(instance, text, random), int.MaxValue, random);
        });
    }

    /// <summary>
    /// Recitals of a few facts without end, about two to four people and without rules or a question. A small network learns to look up
    /// from many short texts in far fewer tokens than from few long ones.
    /// </summary>
    /// <param name="seed">Fixes what is drawn.</param>
    public static IEnumerable<Conversation> ReciteFacts(ulong seed)
    {
        var random = SeededRandom.For(seed, "family facts");
        for (var number = 1; ; number++)
        {
            var people = random.Between(2, MostPeopleOfFacts);
            bool[] males = [.. Enumerable.Range(0, people).Select(_ => random.Percent(50))];
            (int Parent, int Child)[] parents =
            [
                .. from parent in Enumerable.Range(0, people - 1)
                   from child in Enumerable.Range(parent + 1, people - parent - 1)
                   where random.Percent(50)
                   select (parent, child),
            ];
            if (parents.Length == 0)
                continue;

            // The rules are not told; they decide how many symbols there are to choose from.
            var (asked, rules) = (new Atom<int>(FamilyRules.Given[0], 0, 1), FamilyRules.For(random.Pick(FamilyTrace.Relations)));
            var instance = new FamilyInstance(number, new FamilyTree(males, parents), FamilyQuestion.Count, asked, rules, "", 0);
            var text = new FamilyText(instance, random.Pick(Recited), seed);
            yield return Recital(text.RenderFacts(), FamilyTrace.LookUps(instance with { Rules = [] }, text, random), FactsRecited, random);
        }
    }

    // The first groups, at most so many, in a drawn order.
    private static Conversation Recital(
        string text, IEnumerable<(string Asked, string Found)[]> lookUps, int most, SeededRandom random)
    {
        var groups = lookUps.Take(most).ToList();
        random.Shuffle(groups);
        (string Asked, string Found)[] lines = [.. groups.SelectMany(static group => group)];
        return new Conversation(
            "recall",
            FamilyGenerator.Family,
            lines.Length,
            0,
            [
                new Passage(Role.System, "recall"), new Passage(Role.User, text),
                .. lines.SelectMany(static line => (Passage[])
                [
                    .. line.Asked.Length == 0 ? (Passage[])[] : [new(Role.Assistant, line.Asked)],
                    new(Role.Assistant, line.Found, Learn: true),
                ]),
            ]);
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
