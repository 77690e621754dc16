using System.Globalization;
using CognitiveTools.Evals.Problems;
using CognitiveTools.Evals.Suites;
using CognitiveTools.Evals.Tests;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Evals.Cluster.Tests.Runs;

/// <summary>A suite of two arms with two samples, whose reasoners answer by rule, now and then wrongly.</summary>
internal static class ScriptedRuns
{
    public static Suite Suite { get; } = Suite.FromArms("direct,cot", "scripted") with { Samples = 2, Temperature = 0.7f };

    public static Problem[] Problems(int count) =>
        [.. Enumerable.Range(0, count).Select(static i => new Problem($"p{i}", $"What is {i} + 1?\n", $"{i + 1}"))];

    public static ReasonerCatalog Catalog(Func<Question, Task>? before = null, string? says = null)
    {
        var reasoner = new ScriptedReasoner(async (question, options, cancellationToken) =>
        {
            await Task.Yield();
            if (says is not null)
                options.TextObserver!.Report(new TextPiece(says, IsThought: false));
            if (before is not null)
                await before(question).WaitAsync(cancellationToken);
            var number = int.Parse(question.Id.AsSpan(1), CultureInfo.InvariantCulture);
            if (options.Seed % 7 == 0)
                throw new InvalidOperationException($"no answer to {question.Id}");
            return ScriptedReasoner.Said($"ANSWER: {(options.Seed % 3 == 0 ? number : number + 1)}");
        });
        return ScriptedReasoner.Catalog(("direct", reasoner), ("cot", reasoner));
    }

    public static ReasonerCatalog Catalog(Action<Question> before) => Catalog(question =>
    {
        before(question);
        return Task.CompletedTask;
    });
}
