using System.CommandLine;
using System.CommandLine.Completions;
using CognitiveTools.Answers.Reading;
using CognitiveTools.Cli.Help;
using CognitiveTools.Cli.Hosting;
using CognitiveTools.Cli.Problems;
using CognitiveTools.Evals.Problems;
using CognitiveTools.Evals.Suites;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Cli.Eval;

/// <summary>What to compare on what: a suite file, changed or replaced by options.</summary>
internal sealed class SuiteOptions
{
    // What a small model on a CPU can process in minutes; a suite file sets its own budget.
    private static readonly Budget QuickBudget = Budget.Default with { TokensPerTurn = 256, ToolCalls = 4, CallsPerTool = 2 };

    private const string DefaultSuite = "default";

    private readonly Option<string?> _suite = new("--suite")
    {
        Description = "Suite: a YAML file, or the name of one that comes with the tool, for instance methods "
            + "[default: default, unless --arms is given]",
        HelpName = "NAME|FILE",
    };

    private readonly Option<string?> _problems = new("--problems", "-p")
    {
        Description = "Problems: a file (JSON Lines, CSV, Parquet with id, problem, answer), or the name of a set that comes with the "
            + "tool, for instance originals, or that was imported; several are joined by +, for instance aime24+aime25",
        HelpName = "NAME|FILE",
    };

    private readonly Option<string?> _arms = new("--arms", "-a")
    {
        Description = "Arms in short form, comma-separated, for instance direct,cot,tools,latent:rule=soft,steps=8,latent/zeroed",
        HelpName = "LIST",
    };

    private readonly Option<int?> _take = new Option<int?>("--take")
    {
        Description = "Use the first N problems",
        HelpName = "N",
    }.Within(1, Suite.MostUnits);

    private readonly Option<int?> _skip = new Option<int?>("--skip")
    {
        Description = "Skip the first N problems",
        HelpName = "N",
    }.Within(0, Suite.MostUnits);

    private readonly Option<int?> _shuffle = new Option<int?>("--shuffle")
    {
        Description = "Shuffle the problems with this seed first",
        HelpName = "SEED",
    }.OfAnySize();

    private readonly Option<int?> _samples = new Option<int?>("--samples")
    {
        Description = "Samples per problem and arm; more than 1 needs a temperature",
        HelpName = "N",
    }.Within(1, Suite.MostSamples);

    private readonly TemperatureOption _temperature = new("the suite's, else none");

    private readonly Option<int?> _seed = new Option<int?>("--seed") { Description = "Seed of the comparison", HelpName = "N" }.OfAnySize();

    private readonly Option<string?> _baseline = new("--baseline")
    {
        Description = "The arm that the others are compared with [default: the first]",
        HelpName = "ARM",
    };

    private readonly Option<string?> _answers = new("--answers")
    {
        Description = $"How answers are read: {string.Join(", ", AnswerKinds.Names)}",
        HelpName = "KIND",
    };

    /// <summary>The limits of one problem.</summary>
    public BudgetOptions Limits { get; } = new();

    public void AddTo(Command command)
    {
        _suite.CompletionSources.Add(static _ => ShippedData.Suites.Names.Select(static name => new CompletionItem(name)));
        _problems.CompletionSources.Add(static _ => ProblemReader.Names.Select(static name => new CompletionItem(name)));
        command.AddGroup(
            "What to compare",
            _suite, _problems, _arms, _baseline, _take, _skip, _shuffle, _samples, _temperature, _seed, _answers);
        Limits.AddTo(command);
    }

    /// <summary>The suite and the problems it selects.</summary>
    /// <exception cref="ArgumentException">Neither a suite nor arms and problems are given, or no problem is selected.</exception>
    public (Suite Suite, ProblemSet Problems, IReadOnlyDictionary<string, string> Data) Read(ParseResult parse)
    {
        var suite = Base(parse);
        suite = suite with
        {
            Problems = parse.GetValue(_problems) ?? suite.Problems,
            Arms = parse.GetValue(_arms) is { } arms ? ArmList.Parse(arms) : suite.Arms,
            Take = parse.GetValue(_take) ?? suite.Take,
            Skip = parse.GetValue(_skip) ?? suite.Skip,
            Shuffle = parse.GetValue(_shuffle) ?? suite.Shuffle,
            Samples = parse.GetValue(_samples) ?? suite.Samples,
            Temperature = parse.GetValue(_temperature) is { } temperature ? temperature.Value : suite.Temperature,
            Seed = parse.GetValue(_seed) ?? suite.Seed,
            Baseline = parse.GetValue(_baseline) ?? (parse.GetValue(_arms) is null ? suite.Baseline : null),
            Published = parse.GetValue(_arms) is null ? suite.Published : null, // they belong to the file's arms
            Answers = parse.GetValue(_answers) is { } kind ? AnswerKinds.Find(kind) : suite.Answers,
            Budget = Limits.Read(parse, suite.Budget),
        };
        var file = suite.Problems
            ?? throw new ArgumentException(
                "No problems are given. Name a file or a set with --problems, for instance originals, which comes with the tool.");
        var (problems, data) = ProblemReader.Read(file);
        return (suite, suite.Select(problems), data);
    }

    private Suite Base(ParseResult parse)
    {
        if (parse.GetValue(_suite) is { } suite)
            return SuiteFile.Read(ShippedData.Suites.Require(suite));
        if (parse.GetValue(_arms) is { } arms)
        {
            var name = Path.GetFileNameWithoutExtension(parse.GetValue(_problems) ?? "arms");
            return Suite.FromArms(arms, name) with { Budget = QuickBudget };
        }

        return SuiteFile.Read(ShippedData.Suites.Require(DefaultSuite));
    }
}
