using CognitiveTools.Evals.Suites;
using CognitiveTools.Files;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Evals.Runs;

/// <summary>A suite as the run header stores it.</summary>
/// <param name="Name">The suite's name.</param>
/// <param name="Problems">The problem file as it was named.</param>
/// <param name="Skip">Problems passed over.</param>
/// <param name="Take">Problems asked for at most.</param>
/// <param name="Shuffle">Shuffle seed.</param>
/// <param name="Samples">Samples per problem and arm.</param>
/// <param name="Temperature">Sampling temperature.</param>
/// <param name="Seed">Suite seed.</param>
/// <param name="Answers">Kind of answer.</param>
/// <param name="AnswersVersion">Version of its reading rules.</param>
/// <param name="Budget">Budget of one unit.</param>
/// <param name="Baseline">The arm others are compared with.</param>
/// <param name="Arms">The arms in order.</param>
public sealed record SuiteSnapshot(
    string Name, string? Problems, int Skip, int? Take, int? Shuffle, int Samples, float Temperature, int Seed,
    string Answers, int AnswersVersion, BudgetSnapshot Budget, string Baseline, IReadOnlyList<ArmSnapshot> Arms)
{
    /// <summary>Copies a suite.</summary>
    public static SuiteSnapshot From(Suite suite) => new(
        suite.Name, suite.Problems, suite.Skip, suite.Take, suite.Shuffle, suite.Samples, suite.Temperature, suite.Seed,
        suite.Answers.Name, suite.Answers.Version,
        BudgetSnapshot.From(suite.Budget),
        suite.BaselineArm.Name,
        [.. suite.Arms.Select(a => new ArmSnapshot(a.Name, a.Reasoner.ToString(), a.ControlOf, a.Model))]);
}

/// <summary>A budget as the run header stores it.</summary>
/// <param name="Positions">Positions in all.</param>
/// <param name="TokensPerTurn">Tokens of one generation.</param>
/// <param name="ToolCalls">Tool calls in total.</param>
/// <param name="CallsPerTool">Calls of one tool.</param>
/// <param name="WallTimeSeconds">Wall time of one unit.</param>
public sealed record BudgetSnapshot(int Positions, int TokensPerTurn, int ToolCalls, int CallsPerTool, double? WallTimeSeconds)
{
    /// <summary>Copies a budget.</summary>
    public static BudgetSnapshot From(Budget budget)
    {
        ArgumentNullException.ThrowIfNull(budget);
        return new(budget.Positions, budget.TokensPerTurn, budget.ToolCalls, budget.CallsPerTool, budget.WallTime?.TotalSeconds);
    }

    /// <summary>The budget that was copied.</summary>
    public Budget ToBudget() => new()
    {
        Positions = Positions,
        TokensPerTurn = TokensPerTurn,
        ToolCalls = ToolCalls,
        CallsPerTool = CallsPerTool,
        WallTime = WallTimeSeconds switch
        {
            null => null,
            >= 0 and <= YamlMap.MostSeconds and { } seconds => TimeSpan.FromSeconds(seconds),
            { } seconds => throw new InvalidDataException($"The run's header has a wall time of {seconds} seconds, which no suite can set. Restore run.json."),
        },
    };

    /// <summary>The budget of a system that did not say its own.</summary>
    internal static BudgetSnapshot Unknown { get; } = new(0, 0, 0, 0, null);
}

/// <summary>An arm as the run header stores it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Reasoner">Its reasoner in the short form.</param>
/// <param name="ControlOf">The arm it is a control of.</param>
/// <param name="Model">The model it thinks with; <see langword="null"/> for the run's.</param>
public sealed record ArmSnapshot(string Name, string Reasoner, string? ControlOf, string? Model = null);
