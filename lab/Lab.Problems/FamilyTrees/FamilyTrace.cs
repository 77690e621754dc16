using CognitiveTools.Randomness;

namespace CognitiveTools.Lab.Problems.FamilyTrees;

/// <summary>
/// The work on a question from its goal down to the facts: the rule of the relation, the goals that its conditions set, and what was found.
/// <c>fatherOf(?, Ida) if parentOf(X, Y) and male(X)</c>, <c>parentOf(?, Ida):Leo,Eva</c>, <c>Leo:male(,Eva:female(</c>,
/// <c>male(?):Leo</c>, <c>fatherOf(?, Ida):Leo</c>. Each step is one that attention does well: find a word, copy what stands beside it.
/// Small networks hardly learn to say whether two words are the same.
/// </summary>
internal sealed class FamilyTrace
{
    // Of a recital, whose properties are asked for together.
    private const int AskedTogether = 3;

    // In percent, of recitals that may mark an empty list.
    private const int MarkedWithout = 20;

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
            ? $"{Marked(words, Found)}:{words.Name(instance.Statement.First)}{Mark(Found.Contains(instance.Statement.First))}" : null;
    }

    /// <summary>The lines.</summary>
    public IReadOnlyList<string> Lines => _lines;

    /// <summary>
    /// The last line where a statement is asked about, <c>Leo+,Hugo+:Ida-</c>: a plus behind everyone found, then the person asked about,
    /// with a plus where they are among them. <see langword="null"/> for other questions.
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
    /// Every rule and fact of an instance as the work would look it up: what is asked, and what is found. First a list of people with the
    /// end of the work on a statement, whether a person is in it, for everybody; only of one list, because a mark from another would be no
    /// help. Then properties, rules, and the other lists in a drawn order.
    /// </summary>
    /// <param name="instance">The instance.</param>
    /// <param name="words">Its words.</param>
    /// <param name="random">Draws the people and the properties that are asked for.</param>
    public static IEnumerable<(string Asked, string Found)[]> LookUps(FamilyInstance instance, FamilyText words, SeededRandom random)
    {
        var relation = FamilyRules.Given.Single(IsBinary);
        var people = Enumerable.Range(0, instance.Tree.Males.Count).ToList();
        var lists = people.SelectMany(static person => (bool[])[true, false], (person, isFirst) =>
            (Goal: Goal(words, relation, person, isFirst), Found: Given(instance, relation, person, isFirst))).ToList();
        random.Shuffle(lists);
        random.Shuffle(people);
        var marked = random.Percent(MarkedWithout) ? lists[0] : lists.First(static list => list.Found.Length > 0);
        return
        [
            [List(marked), .. Marks(marked.Found)],
            .. people.Chunk(AskedTogether).Select(group => Properties(instance, words, group, random)),
            .. instance.Rules.Select(rule => ((string, string)[])[(
                $"{Goal(words, rule.Conclusion.Relation, random.Pick(people), random.Percent(50))} if ", Conditions(words, rule) + ";")]),
            .. lists.Where(list => list != marked).Select(list => ((string, string)[])[List(list)]),
        ];

        (string, string) List((string Goal, int[] Found) list) => ($"{list.Goal}:", Names(words, list.Found) + ";");

        // Everybody is asked about, in a drawn order.
        IEnumerable<(string, string)> Marks(int[] found) =>
        [
            ("", Marked(words, found) + ":"),
            .. people.Select((person, i) => (words.Name(person), Mark(found.Contains(person)) + (i < people.Count - 1 ? "," : ";"))),
        ];
    }

    private static (string Asked, string Found)[] Properties(FamilyInstance instance, FamilyText words, int[] people, SeededRandom random)
    {
        var property = random.Pick(FamilyRules.Given.Where(static relation => !IsBinary(relation)).ToArray());
        return
        [
            .. people.Select((person, i) => (
                $"{words.Name(person)}:", $"{Property(instance, words, person)}{(i < people.Length - 1 ? ',' : ';')}")),
            ($"{words.Word(property)}(?):", Names(words, [.. people.Where(person => Holds(instance, property, person))]) + ";"),
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
        if (condition.Second is not { } second)
        {
            var holding = Filter(condition.Relation, [.. bindings.Select(binding => binding[condition.First]).Distinct()]);
            return [.. bindings.Where(binding => holding.Contains(binding[condition.First]))];
        }

        var isFirst = bindings[0].ContainsKey(condition.First);
        var (known, open) = isFirst ? (condition.First, second) : (second, condition.First);
        var answers = new Dictionary<int, int[]>();
        var extended = new List<Dictionary<char, int>>();
        foreach (var binding in bindings)
        {
            if (!answers.TryGetValue(binding[known], out var found))
                answers[binding[known]] = found = Solve(condition.Relation, binding[known], isFirst);
            foreach (var one in found)
                extended.Add(new(binding) { [open] = one });
        }

        return extended;
    }

    private int[] Filter(string property, int[] people)
    {
        _lines.Add(string.Join(',', people.Select(person => $"{_words.Name(person)}:{Property(_instance, _words, person)}")));
        return Say($"{_words.Word(property)}(?)", [.. people.Where(person => Holds(_instance, property, person))]);
    }

    private int[] Say(string goal, int[] people)
    {
        _lines.Add($"{goal}:{Names(_words, people)}");
        return people;
    }

    // With its bracket, which makes it the token that it is in the facts.
    private static string Property(FamilyInstance instance, FamilyText words, int person) =>
        words.Word(instance.Tree.Facts.Single(fact => fact.Second is null && fact.First == person).Relation) + "(";

    private static string Marked(FamilyText words, IReadOnlyList<int> people) =>
        people.Count == 0 ? FamilyText.Nobody : string.Join(',', people.Select(person => words.Name(person) + Mark(true)));

    private static string Mark(bool isIn) => isIn ? "+" : "-";

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
