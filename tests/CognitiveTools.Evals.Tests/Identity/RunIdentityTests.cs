using System.Reflection;
using System.Text.Json.Serialization;
using CognitiveTools.Evals.Problems;
using CognitiveTools.Evals.Runs;
using CognitiveTools.Evals.Suites;
using CognitiveTools.Identity;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Evals.Tests.Identity;

/// <summary>
/// Whatever can change a result changes the run's identity and the cache's keys. The properties are found by reflection: one
/// that is added must change both, or be listed here with the reason why it cannot change a result.
/// </summary>
public sealed class RunIdentityTests
{
    private static readonly Dictionary<string, string> DecideNothing = new(StringComparer.Ordinal)
    {
        ["Suite.Name"] = "a label",
        ["Suite.Model"] = "where the model is; the facts say what it is",
        ["Suite.Problems"] = "where the problems are; what they are is hashed",
        ["Suite.Samples"] = "more samples may be added to a run",
        ["Suite.Baseline"] = "a table may be drawn against another arm",
        ["Arm.ControlOf"] = "tables only",
        ["SolveOptions.Observer"] = "watches",
        ["SolveOptions.TextObserver"] = "watches",
        ["SolveOptions.PromptObserver"] = "watches",
        ["Problem.Topic"] = "tables only",
        ["Problem.Difficulty"] = "tables only",
        ["Problem.Source"] = "tables only",
        ["Problem.Year"] = "notes only",
        ["Problem.Cluster"] = "errors of means only, which are computed from the stored problems",
    };

    private static readonly Suite Base = Suite.FromArms("direct,cot") with
    {
        Skip = 1,
        Take = 3,
        Shuffle = 4,
        Temperature = 0.5f,
        Budget = new Budget { WallTime = TimeSpan.FromMinutes(1) },
    };

    private static readonly Problem[] Problems = [.. Enumerable.Range(0, 8).Select(i => new Problem($"p{i}", $"{i}?", $"{i}"))];

    private static readonly RunFacts Facts = new()
    {
        Toolkit = "1",
        Answers = new("integer", 1),
        Reasoners =
        [
            new ReasonerIdentity
            {
                Models = [new() { Name = "m", Engine = "e 1", Sha256 = "aa", Changes = [new("lora", "f", "1", "bb")] }],
                Prompts = new("default", "cc"),
                Tools = new("default", "dd"),
                Donors = new(2, "ee"),
            },
        ],
        Arms = new Dictionary<string, int> { ["direct"] = 0, ["cot"] = 0 },
    };

    public static TheoryData<string> Inputs =>
    [
        .. new[] { typeof(Suite), typeof(Arm), typeof(Budget), typeof(Problem), typeof(SolveOptions) }
            .SelectMany(type => Changed.Properties(type).Select(property => $"{type.Name}.{property.Name}")),
    ];

    private static readonly Type[] FactTypes =
    [
        typeof(RunFacts), typeof(AnswerFacts), typeof(ReasonerIdentity), typeof(ModelIdentity), typeof(AppliedChange),
        typeof(ContentIdentity), typeof(DonorIdentity),
    ];

    public static TheoryData<string> FactProperties =>
    [
        .. FactTypes
            .SelectMany(type => Changed.Properties(type)
                .Where(p => p.GetCustomAttribute<JsonIgnoreAttribute>() is null)
                .Select(property => $"{type.Name}.{property.Name}")),
    ];

    [Theory]
    [MemberData(nameof(Inputs))]
    public void An_input_that_can_change_a_result_changes_identity_and_keys(string input)
    {
        var before = Of(Base, Problems, new SolveOptions());
        var after = Of(input);

        if (DecideNothing.ContainsKey(input))
        {
            Assert.Equal(before.Identity, after.Identity);
            return;
        }

        Assert.NotEqual(before.Keys, after.Keys);
        if (!input.StartsWith(nameof(SolveOptions), StringComparison.Ordinal)) // a run makes them from its suite
            Assert.NotEqual(before.Identity, after.Identity);
    }

    [Fact]
    public void Every_reason_is_of_a_property_that_exists() =>
        Assert.All(DecideNothing.Keys, input => Assert.Contains(input, Inputs.Select(row => row.Data)));

    [Theory]
    [MemberData(nameof(FactProperties))]
    public void Every_fact_changes_identity_and_keys_and_is_named_as_a_difference(string fact)
    {
        var changed = Change(fact);

        Assert.NotEqual(RunIdentity.Of("suite", Facts), RunIdentity.Of("suite", changed));
        if (fact != "RunFacts.Arms") // an arm more changes no unit of the others
            Assert.NotEqual(Key(Facts), Key(changed));
        Assert.NotEmpty(FactDifference.Between(Facts, changed));

        static string Key(RunFacts facts) => UnitCache.Key(new("p0", "direct", 0), new SolveOptions(), Base.Arms[0], Problems[0], facts);
    }

    [Fact]
    public void Equal_facts_have_the_same_identity_however_they_were_made()
    {
        var again = Facts with
        {
            Reasoners = [Facts.Reasoners[0] with { Files = SortedFacts.Of([]) }],
            Arms = new SortedDictionary<string, int>(Facts.Arms.ToDictionary()),
        };

        Assert.Empty(FactDifference.Between(Facts, again));
        Assert.Equal(KeyOf(Facts), KeyOf(again));

        static string KeyOf(RunFacts facts) =>
            UnitCache.Key(new("p", "cot", 0), new SolveOptions(), Base.Arms[1], Problems[0], facts);
    }

    private static RunFacts Change(string fact)
    {
        var (type, name) = (fact.Split('.')[0], fact.Split('.')[1]);
        var reasoner = Facts.Reasoners[0];
        var model = reasoner.Models[0];
        return type switch
        {
            nameof(RunFacts) when name == nameof(RunFacts.Arms) => Facts with
            {
                Reasoners = [.. Facts.Reasoners, new()],
                Arms = new Dictionary<string, int> { ["direct"] = 0, ["cot"] = 1 },
            },
            nameof(RunFacts) => Changed.With(Facts, typeof(RunFacts).GetProperty(name)!),
            nameof(AnswerFacts) => Facts with { Answers = Changed.With(Facts.Answers, typeof(AnswerFacts).GetProperty(name)!) },
            nameof(ReasonerIdentity) => Facts with { Reasoners = [Changed.With(reasoner, typeof(ReasonerIdentity).GetProperty(name)!)] },
            nameof(ModelIdentity) => With(reasoner with { Models = [Changed.With(model, typeof(ModelIdentity).GetProperty(name)!)] }),
            nameof(AppliedChange) => With(reasoner with
            {
                Models = [model with { Changes = [Changed.With(model.Changes[0], typeof(AppliedChange).GetProperty(name)!)] }],
            }),
            nameof(ContentIdentity) =>
                With(reasoner with { Tools = Changed.With(reasoner.Tools!, typeof(ContentIdentity).GetProperty(name)!) }),
            _ => With(reasoner with { Donors = Changed.With(reasoner.Donors!, typeof(DonorIdentity).GetProperty(name)!) }),
        };

        static RunFacts With(ReasonerIdentity reasoner) => Facts with { Reasoners = [reasoner] };
    }

    private static (string Identity, HashSet<string> Keys) Of(string input)
    {
        var (type, name) = (input.Split('.')[0], input.Split('.')[1]);
        return type switch
        {
            nameof(Suite) => Of(Changed.With(Base, typeof(Suite).GetProperty(name)!), Problems, new SolveOptions()),
            nameof(Arm) => Of(
                Base with { Arms = [Changed.With(Base.Arms[0], typeof(Arm).GetProperty(name)!), Base.Arms[1]] },
                Problems,
                new SolveOptions()),
            nameof(Budget) =>
                Of(Base with { Budget = Changed.With(Base.Budget, typeof(Budget).GetProperty(name)!) }, Problems, new SolveOptions()),
            nameof(Problem) => Of(
                Base,
                [.. Problems.Select(problem => Changed.With(problem, typeof(Problem).GetProperty(name)!))],
                new SolveOptions()),
            _ => Of(Base, Problems, Changed.With(new SolveOptions(), typeof(SolveOptions).GetProperty(name)!)),
        };
    }

    // The seed and budget of a unit come from its suite, other options of the solve from the argument.
    private static (string Identity, HashSet<string> Keys) Of(Suite suite, Problem[] problems, SolveOptions options)
    {
        var selected = suite.Select(new ProblemSet("set", problems)).Problems;
        var facts = Facts with
        {
            Answers = new(suite.Answers.Name, suite.Answers.Version),
            Arms = suite.Arms.ToDictionary(arm => arm.Name, _ => 0),
        };
        var keys = from problem in selected
                   from arm in suite.Arms
                   from sample in Enumerable.Range(0, suite.Samples)
                   let key = new UnitKey(problem.Id, arm.Name, sample)
                   let solve = options == new SolveOptions()
                       ? new SolveOptions { Budget = suite.Budget, Temperature = suite.Temperature, Seed = key.Seed(suite.Seed) }
                       : options
                   select UnitCache.Key(key, solve, arm, problem, facts);
        return (RunIdentity.Of(suite.Hash(selected), facts), [.. keys]);
    }
}
