using CognitiveTools.Lab.Problems.DataAlchemy;
using CognitiveTools.Lab.Problems.Generation;
using CognitiveTools.Randomness;

namespace CognitiveTools.Lab.Problems.Mixture;

/// <summary>
/// Procedures and facts, half each, in one form and of one length: compositions of DataAlchemy's functions, and keys with values. After the
/// two kinds of queries in Ruis et al., arXiv 2411.12580. The queries of a seed belong to the records of the same seed.
/// </summary>
/// <remarks>
/// A procedure is asked about elements that no record applies any procedure to. For each such query one record of another procedure has the
/// same answer, and each fact that is asked for has two records, one per wording; so the answer to either kind of query stands somewhere.
/// </remarks>
internal static class Mixed
{
    /// <summary>Letters of elements, keys and values.</summary>
    public const int Letters = 3;

    private const int MostQueries = 80;

    /// <summary>The procedures, each as often as the others.</summary>
    public static IReadOnlyList<IReadOnlyList<Transformation>> Procedures { get; } =
        [.. ((string[])["f1f2", "f2f2", "f1f3", "f3f2"]).Select(AlchemyTask.ParseComposition)];

    /// <summary>Why a part of a mixture cannot have so many conversations; <see langword="null"/> when it can.</summary>
    public static string? WrongCount(MixturePart part, int count) => part switch
    {
        MixturePart.Records when count % (2 * Fact.Wordings) != 0 || count < 2 * MostQueries =>
            $"is {count}; the records of a mixture are a multiple of {2 * Fact.Wordings}, at least {2 * MostQueries}.",
        MixturePart.Queries when count % (2 * Procedures.Count) != 0 || count is < 1 or > MostQueries =>
            $"is {count}; the queries of a mixture are a multiple of {2 * Procedures.Count}, at most {MostQueries}.",
        _ => null,
    };

    /// <summary>The conversations to learn from, in a drawn order.</summary>
    /// <param name="seed">Fixes what is drawn.</param>
    /// <param name="count">Their number, a multiple of four and at least 160.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is another.</exception>
    public static IReadOnlyList<Conversation> Records(ulong seed, int count)
    {
        Check(MixturePart.Records, count);
        var planted = Queried(seed).Select(static query => Twin(query)!).ToArray();
        var known = planted.Select(static task => task.Text).ToHashSet(StringComparer.Ordinal);
        var drawn = new AlchemyGenerator(seed, heldOut: false).Draw(Procedures, Letters).Where(task => known.Add(task.Text));
        Conversation[] all =
        [
            .. planted.Concat(drawn).Take(count / 2).Select(Converse),
            .. Facts(seed).Take(count / 2 / Fact.Wordings).SelectMany(InAllWordings),
        ];
        SeededRandom.For(seed, "order of a mixture").Shuffle<Conversation>(all);
        return all;
    }

    /// <summary>The conversations that are asked about: procedures by turns, then facts in both wordings.</summary>
    /// <param name="seed">The seed of the records.</param>
    /// <param name="count">Their number, a multiple of eight up to 80.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is another.</exception>
    public static IReadOnlyList<Conversation> Queries(ulong seed, int count)
    {
        Check(MixturePart.Queries, count);
        return
        [
            .. Queried(seed).Take(count / 2).Select(Converse),
            .. Facts(seed).Take(count / 2 / Fact.Wordings).SelectMany(InAllWordings),
        ];
    }

    /// <summary>A conversation of either kind.</summary>
    internal static Conversation Converse(string question, string answer, string family, int steps, int wording) => new(
        "direct",
        family,
        steps,
        wording,
        [new Passage(Role.User, question), new Passage(Role.Assistant, MiniFormats.AnswerMark + answer, Learn: true)]);

    private static void Check(MixturePart part, int count)
    {
        if (WrongCount(part, count) is { } problem)
            throw new ArgumentOutOfRangeException(nameof(count), count, $"The number {problem}");
    }

    private static IEnumerable<Conversation> InAllWordings(Fact fact) => Enumerable.Range(0, Fact.Wordings).Select(fact.Converse);

    private static Conversation Converse(AlchemyTask task) =>
        Converse(task.Text, task.Answer, AlchemyGenerator.Family, task.Composition.Count, wording: 0);

    // By turns, so that every procedure is asked as often; no two with one answer, and each with a record that has it too.
    private static IEnumerable<AlchemyTask> Queried(ulong seed)
    {
        var answers = new HashSet<string>(StringComparer.Ordinal);
        using var tasks = new AlchemyGenerator(seed, heldOut: true).Draw(Procedures, Letters).GetEnumerator();
        for (var i = 0; i < MostQueries / 2; i++)
        {
            do
            {
                tasks.MoveNext();
            }
            while (tasks.Current.CompositionName != AlchemyTask.NameOf(Procedures[i % Procedures.Count])
                || Twin(tasks.Current) is null || !answers.Add(tasks.Current.Answer));
            yield return tasks.Current;
        }
    }

    private static AlchemyTask? Twin(AlchemyTask query) => Procedures
        .Where(procedure => AlchemyTask.NameOf(procedure) != query.CompositionName)
        .Select(procedure => new AlchemyTask(Before(query.Answer, procedure), procedure))
        .FirstOrDefault(static task => !AlchemyGenerator.IsHeldOut(task.Element));

    // Rotate and Reverse undo themselves; Shift does, applied once less than there are letters.
    private static string Before(string answer, IReadOnlyList<Transformation> procedure) => procedure.Reverse().Aggregate(
        answer,
        static (element, function) => Enumerable.Range(1, function == Transformation.Shift ? element.Length - 1 : 1)
            .Aggregate(element, (before, _) => AlchemyWorld.Default.Apply(before, function)));

    private static IEnumerable<Fact> Facts(ulong seed)
    {
        var random = SeededRandom.For(seed, "facts");
        var keys = new HashSet<string>(StringComparer.Ordinal);
        while (true)
        {
            var (key, value) = (Word(random), Word(random));
            if (keys.Add(key))
                yield return new Fact(key, value);
        }
    }

    private static string Word(SeededRandom random) =>
        string.Concat(Enumerable.Range(0, Letters).Select(_ => (char)('A' + random.Below(26))));
}
