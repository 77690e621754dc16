using System.Globalization;
using System.Text;
using CognitiveTools.Evals.Problems;
using CognitiveTools.Lab.Problems.Traced;
using CognitiveTools.Randomness;

namespace CognitiveTools.Lab.Problems.FamilyTrees;

/// <summary>Tells an instance in the words of a lexicon. Sentences, order and numbers are the same in all four.</summary>
internal sealed class FamilyText
{
    /// <summary>What a line of the work says when a relation holds for nobody.</summary>
    internal const string Nobody = "none";

    private static readonly string[] Men =
        ["Adam", "Bruno", "Carl", "David", "Erik", "Felix", "Georg", "Hugo", "Ivan", "Jonas", "Karel", "Leo", "Martin", "Nils"];

    private static readonly string[] Women =
        ["Anna", "Berta", "Clara", "Dora", "Emma", "Frieda", "Greta", "Hanna", "Ida", "Julia", "Klara", "Lena", "Maria", "Nora"];

    private static readonly string[] Invented =
        ["Blit", "Cerp", "Drunt", "Fosk", "Glemp", "Jurd", "Klaff", "Mox", "Nerb", "Plon", "Quib", "Rasp", "Snev", "Trull", "Vock", "Wend",
            "Yorp", "Zlat"];

    /// <summary>All names, invented ones included.</summary>
    internal static IEnumerable<string> Names => [.. Men, .. Women, .. Invented];

    private static readonly string[] Properties = ["male", "female"];

    private readonly FamilyInstance _instance;
    private readonly Dictionary<string, string> _relations;
    private readonly string[] _people;

    /// <summary>Chooses the words.</summary>
    /// <param name="instance">The instance.</param>
    /// <param name="lexicon">The lexicon.</param>
    /// <param name="seed">Decides which symbols and names; an instance and a lexicon get their own words of it.</param>
    public FamilyText(FamilyInstance instance, Lexicon lexicon, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(instance);
        _instance = instance;
        _people = People(instance, lexicon, SeededRandom.For(seed, instance.Id + " people"));
        _relations = Relations(lexicon, SeededRandom.For(seed, $"{instance.Id} {lexicon}"), Shown(instance));
    }

    /// <summary>
    /// The problem of one lexicon. All problems of an instance share <see cref="Problem.Cluster"/>, their answer, and an id except for its
    /// ending.
    /// </summary>
    /// <param name="instance">The instance.</param>
    /// <param name="lexicon">The lexicon; also the problem's topic.</param>
    /// <param name="seed">As in the constructor.</param>
    public static Problem Problem(FamilyInstance instance, Lexicon lexicon, ulong seed)
    {
        var name = LexiconDrops.TopicOf(lexicon);
        return new Problem($"{instance.Id}-{name}", new FamilyText(instance, lexicon, seed).Render(), instance.Answer)
        {
            Topic = name,
            Difficulty = instance.Depth.ToString(CultureInfo.InvariantCulture),
            Source = "family-trees",
            Cluster = instance.Id,
        };
    }

    /// <summary>Lines of the work on an instance up to what was found, in any words.</summary>
    internal static int LinesOf(FamilyInstance instance) =>
        new FamilyTrace(instance, new FamilyText(instance, Lexicon.Semantic, 0)).Lines.Count;

    /// <summary>The problem with its work, as models are trained on it.</summary>
    public TracedProblem Traced()
    {
        var trace = new FamilyTrace(_instance, this);
        string[] lines = trace.Conclusion is { } last ? [.. trace.Lines, last] : [.. trace.Lines];
        return new(FamilyGenerator.Family, Render(), lines, ';', "\n", _instance.Answer);
    }

    /// <summary>The problem's text.</summary>
    public string Render()
    {
        var text = new StringBuilder(RenderFacts()).Append("\nRules:\n");
        foreach (var rule in _instance.Rules)
            text.Append(Say(rule)).Append('\n');
        text.Append(_instance.Question switch
        {
            FamilyQuestion.Deduce =>
                $"Only what the facts and rules give is true. Is {Say(_instance.Statement)} true? The answer is yes or no.",
            FamilyQuestion.Count =>
                $"Only what the facts and rules give is true. For how many people X is {Word(_instance.Statement.Relation)}(X, "
                    + $"{_people[_instance.Statement.Second!.Value]}) true? The answer is a number.",
            _ => Induction(),
        });
        return text.Append(" End with a line 'ANSWER: ' and the answer.").ToString();
    }

    /// <summary>The facts alone.</summary>
    internal string RenderFacts() => "Facts:\n" + string.Join(' ', _instance.Tree.Facts.Select(fact => Say(fact) + "."));

    private string Induction()
    {
        var text = new StringBuilder("Exactly these statements about one more relation are true: ");
        text.AppendJoin(", ", _instance.Pairs.Select(Say)).Append(".\n");
        for (var i = 0; i < _instance.Candidates.Count; i++)
            text.Append(CultureInfo.InvariantCulture, $"{i + 1}. {Say(_instance.Candidates[i])}\n");
        return text.Append("Which of the numbered rules gives exactly these statements? The answer is its number.").ToString();
    }

    /// <summary>The word of a relation.</summary>
    internal string Word(string relation) => _relations[relation];

    /// <summary>The name of a person.</summary>
    internal string Name(int person) => _people[person];

    /// <summary>Conditions of a rule.</summary>
    internal string Say(IEnumerable<Atom<char>> conditions) => string.Join(" and ", conditions.Select(Say));

    /// <summary>The last condition of a rule, that two people are different; empty for none.</summary>
    internal static string Say((char First, char Second)? distinct) =>
        distinct is { } pair ? $" and {pair.First} is not {pair.Second}" : "";

    /// <summary>A statement about people.</summary>
    internal string Say(Atom<int> fact) => $"{Word(fact.Relation)}({string.Join(", ", fact.Arguments.Select(person => _people[person]))})";

    private string Say(Atom<char> atom) => $"{Word(atom.Relation)}({string.Join(", ", atom.Arguments)})";

    private string Say(HornRule rule) =>
        $"If {Say(rule.Conditions)}{Say(rule.Distinct)} then {Say(rule.Conclusion)}.";

    private static string[] Shown(FamilyInstance instance) =>
        [.. FamilyRules.Given.Concat(instance.Rules.Concat(instance.Candidates)
            .SelectMany(rule => rule.Conditions.Append(rule.Conclusion)).Select(atom => atom.Relation)).Append(instance.Statement.Relation)
                .Distinct(StringComparer.Ordinal)];

    private static string[] People(FamilyInstance instance, Lexicon lexicon, SeededRandom random)
    {
        var (men, women, invented) = (Men.ToList(), Women.ToList(), Invented.ToList());
        foreach (var names in (List<string>[])[men, women, invented])
            random.Shuffle(names);
        return
        [
            .. instance.Tree.Males.Select((male, person) =>
                lexicon == Lexicon.Renamed ? invented[person]
                : (male ? men : women)[instance.Tree.Males.Take(person).Count(other => other == male)]),
        ];
    }

    private static Dictionary<string, string> Relations(Lexicon lexicon, SeededRandom random, string[] shown)
    {
        switch (lexicon)
        {
            case Lexicon.Symbolic:
                var numbers = Enumerable.Range(1, shown.Length).ToList();
                random.Shuffle(numbers);
                return shown.Select((relation, i) => (relation, $"r{numbers[i]}")).ToDictionary(StringComparer.Ordinal);
            case Lexicon.Misleading:
                // Words move within their kind, properties to properties, so that every sentence stays one.
                var words = new Dictionary<string, string>(StringComparer.Ordinal);
                foreach (var kind in shown.GroupBy(Properties.Contains))
                {
                    var old = kind.ToList();
                    random.Shuffle(old);
                    for (var i = 0; i < old.Count; i++)
                        words[old[i]] = old[(i + 1) % old.Count];
                }

                return words;
            default:
                return shown.ToDictionary(relation => relation, StringComparer.Ordinal);
        }
    }
}
