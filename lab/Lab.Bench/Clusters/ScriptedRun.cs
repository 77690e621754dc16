using System.Globalization;
using CognitiveTools.Evals.Problems;
using CognitiveTools.Evals.Suites;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Lab.Bench.Clusters;

/// <summary>A run of two arms whose answers follow from the unit's seed, right or wrong, without a model.</summary>
internal static class ScriptedRun
{
    /// <summary>Names of the arms.</summary>
    public static IReadOnlyList<string> Arms { get; } = ["direct", "cot"];

    public static Suite Suite { get; } = Suite.FromArms(string.Join(',', Arms), "scripted");

    /// <summary>The problems for so many units.</summary>
    public static Problem[] Problems(int units) =>
        [.. Enumerable.Range(0, (units + 1) / 2).Select(static i => new Problem($"p{i}", $"What is {i} + 1?", $"{i + 1}"))];

    /// <summary>The reasoners.</summary>
    /// <param name="mean">Time of a unit on average; units take from half to one and a half of it, by their seed.</param>
    public static ReasonerCatalog Catalog(TimeSpan mean) => new([.. Arms.Select(arm => new Factory(arm, mean))]);

    private sealed class Factory(string kind, TimeSpan mean) : IReasonerFactory
    {
        public string Kind => kind;

        public string Description => "Adds one, now and then wrongly.";

        public IReasoner Create(ReasonerSpec spec) => new Reasoner(mean);
    }

    private sealed class Reasoner(TimeSpan mean) : IReasoner
    {
        public async Task<Reasoning> SolveAsync(Question question, SolveOptions options, CancellationToken cancellationToken = default)
        {
            if (mean > TimeSpan.Zero)
                await Task.Delay(mean * (0.5 + (options.Seed % 1000 / 1000.0)), cancellationToken);
            var number = int.Parse(question.Id.AsSpan(1), CultureInfo.InvariantCulture);
            var answer = $"ANSWER: {(options.Seed % 3 == 0 ? number : number + 1)}";
            return new Reasoning(answer, [new Said(answer)], new Usage { Prompt = 10, Generated = 5 }, StopReason.Completed);
        }
    }
}
