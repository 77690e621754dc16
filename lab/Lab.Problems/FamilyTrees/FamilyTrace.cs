using CognitiveTools.Randomness;

namespace CognitiveTools.Lab.Problems.FamilyTrees;

/// <summary>
/// The work on a question from its goal down to the facts: the rule of the relation, the goals that its conditions set, and what was found.
/// <c>fatherOf(?, Ida) if parentOf(X, Y) and male(X)</c>, <c>parentOf(?, Ida):Leo,Eva</c>, <c>male(Leo):male(Leo),yes</c>,
/// <c>male(Eva):female(Eva),no</c>, <c>fatherOf(?, Ida):Leo</c>. What is compared is written side by side, because small networks compare
/// nothing else.
/// </summary>
internal sealed class FamilyTrace
{
    private readonly FamilyInstance _instance;
    private readonly FamilyText _words;
    private readonly List<string> _lines = [];

    /// <summary>Works a question out.</summary>
    /// <param name="instance">The instance; its relation is one of <see cref="Relations"/>.</param>
    /// <param name="words">Its words.</param>
    public FamilyTrace(FamilyInstance instance, FamilyText words)
    {
        (_instance, _words) = (instance, words);
        Found = Solve(instance.Statement.Relation, instance.Statement.Second!.Value, isFirst: false);
        Conclusion = instance.Question == FamilyQuestion.Deduce
            ? $"{words.Say(instance.Statement)}:{Compared(words, instance.Statement.First, Found)}" : null;
    }

    /// <summary>The lines.</summary>
    public IReadOnlyList<string> Lines => _lines;

    /// <summary>
    /// The last line where a statement is asked about, <c>fatherOf(Leo, Ida):Leo=Hugo:no,Leo=Leo:yes</c>: the person asked about beside each
    /// person found. <see langword="null"/> for other questions.
    /// </summary>
    public string? Conclusion { get; }

    /// <summary>The people for whom the relation to the second person of the statement holds.</summary>
    public IReadOnlyList<int> Found { get; }

    /// <summary>The relations whose work can be written: every relation below them has one rule.</summary>
    public static IReadOnlyList<string> Relations { get; } =
    [
        .. FamilyRules.Derived.Where(static relation => FamilyRules.For(relation)
            .GroupBy(static rule => rule.Conclusion.Relation, StringComparer.Ordinal).All(static rules => rules.Count() == 1)),
    ];

    /// <summary>
    /// Every rule and fact of an instance as the work would look it up: what is asked, and what is found. Behind a list of people
    /// one person is compared with each of them, as the work on a statement ends.
    /// </summary>
    /// <param name="instance">The instance.</param>
    /// <param name="words">Its words.</param>
    /// <param name="random">Draws the people whom rules are asked for, who is compared, and which properties.</param>
    public static IEnumerable<(string Asked, string Found)[]> LookUps(FamilyInstance instance, FamilyText words, SeededRandom random)
    {
        var people = Enumerable.Range(0, instance.Tree.Males.Count).ToArray();
        return
        [
            .. instance.Rules.Select(rule => ((string, string)[])[(
                $"{Goal(words, rule.Conclusion.Relation, random.Pick(people), random.Percent(50))} if ", Conditions(words, rule))]),
            .. from relation in FamilyRules.Given.Where(IsBinary)
               from person in people
               from isFirst in (bool[])[true, false]
               select List(instance, words, relation, person, isFirst, random),
            .. from person in people
               let relation = random.Pick(FamilyRules.Given.Where(static relation => !IsBinary(relation)).ToArray())
               select ((string, string)[])[($"{words.Say(new Atom<int>(relation, person, null))}:", Property(instance, words, relation, person))],
        ];
    }

    private static (string Asked, string Found)[] List(
        FamilyInstance instance, FamilyText words, string relation, int person, bool isFirst, SeededRandom random)
    {
        var found = Given(instance, relation, person, isFirst);
        int[] others = [.. Enumerable.Range(0, instance.Tree.Males.Count).Except(found)];
        var asked = random.Pick(found.Length > 0 && random.Percent(50) ? found : others);
        return
        [
            ($"{Goal(words, relation, person, isFirst)}:", Names(words, found)),
            (words.Say(isFirst ? new Atom<int>(relation, person, asked) : new Atom<int>(relation, asked, person)) + ":",
                Compared(words, asked, found)),
        ];
    }

    // The people in the open place of a relation whose other place is a given person.
    private int[] Solve(string relation, int person, bool isFirst)
    {
        var goal = Goal(_words, relation, person, isFirst);
        if (FamilyRules.Given.Contains(relation))
            return Say(goal, Given(_instance, relation, person, isFirst));
        var rule = _instance.Rules.Single(one => one.Conclusion.Relation == relation);
        _lines.Add($"{goal} if {Conditions(_words, rule)}");
        var (bound, open) = isFirst
            ? (rule.Conclusion.First, rule.Conclusion.Second!.Value) : (rule.Conclusion.Second!.Value, rule.Conclusion.First);
        List<Dictionary<char, int>> bindings = [new() { [bound] = person }];
        for (var left = rule.Conditions.ToList(); left.Count > 0 && bindings.Count > 0;)
        {
            // The first condition of which one argument is known and at most one is not.
            var next = left.First(condition => condition.Arguments.Count(bindings[0].ContainsKey) == 1);
            left.Remove(next);
            bindings = Extend(bindings, next);
        }

        return Say(goal, [.. bindings
            .Where(binding => rule.Distinct is not { } pair || binding[pair.First] != binding[pair.Second])
            .Select(binding => binding[open]).Distinct()]);
    }

    private List<Dictionary<char, int>> Extend(List<Dictionary<char, int>> bindings, Atom<char> condition)
    {
        var isFirst = bindings[0].ContainsKey(condition.First);
        var answers = new Dictionary<int, int[]>();
        var extended = new List<Dictionary<char, int>>();
        foreach (var binding in bindings)
        {
            var person = binding[isFirst ? condition.First : condition.Second!.Value];
            if (!answers.TryGetValue(person, out var found))
            {
                answers[person] = found = condition.Second is null
                    ? Check(condition.Relation, person) : Solve(condition.Relation, person, isFirst);
            }

            foreach (var one in found)
                extended.Add(new(binding) { [isFirst ? condition.Second ?? condition.First : condition.First] = one });
        }

        return extended;
    }

    private int[] Check(string property, int person)
    {
        var holds = Holds(_instance, property, person);
        _lines.Add($"{_words.Say(new Atom<int>(property, person, null))}:{Property(_instance, _words, property, person)}");
        return holds ? [person] : [];
    }

    private int[] Say(string goal, int[] people)
    {
        _lines.Add($"{goal}:{Names(_words, people)}");
        return people;
    }

    // The fact that says a property of the person, and whether it is the property asked about.
    private static string Property(FamilyInstance instance, FamilyText words, string property, int person)
    {
        var fact = instance.Tree.Facts.Single(fact => fact.Second is null && fact.First == person);
        return $"{words.Say(fact)},{YesOrNo(fact.Relation == property)}";
    }

    private static string Compared(FamilyText words, int asked, IReadOnlyList<int> found) => found.Count == 0
        ? FamilyText.Nobody
        : string.Join(',', found.Select(one => $"{words.Name(asked)}={words.Name(one)}:{YesOrNo(one == asked)}"));

    private static string YesOrNo(bool holds) => holds ? "yes" : "no";

    private static bool IsBinary(string relation) => relation == FamilyRules.Given[0];

    private static string Goal(FamilyText words, string relation, int person, bool isFirst) => isFirst
        ? $"{words.Word(relation)}({words.Name(person)}, ?)" : $"{words.Word(relation)}(?, {words.Name(person)})";

    private static string Conditions(FamilyText words, HornRule rule) => words.Say(rule.Conditions) + FamilyText.Say(rule.Distinct);

    private static string Names(FamilyText words, int[] people) =>
        people.Length == 0 ? FamilyText.Nobody : string.Join(',', people.Select(words.Name));

    private static bool Holds(FamilyInstance instance, string property, int person) =>
        instance.Tree.Facts.Contains(new Atom<int>(property, person, null));

    private static int[] Given(FamilyInstance instance, string relation, int person, bool isFirst) =>
    [
        .. instance.Tree.Facts.Where(fact => fact.Relation == relation && (isFirst ? fact.First : fact.Second) == person)
            .Select(fact => isFirst ? fact.Second!.Value : fact.First),
    ];
}
