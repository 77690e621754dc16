using System.Collections.Concurrent;
using System.Diagnostics;
using CognitiveTools.Evals.Exchanges;
using CognitiveTools.Evals.Problems;
using CognitiveTools.Evals.Suites;
using CognitiveTools.Reasoners;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Evals.Runs;

/// <summary>Tries every arm on one problem and estimates the cost of the whole run. Writes nothing.</summary>
internal static class RunProbe
{
    /// <summary>Runs the probe, arm by arm.</summary>
    /// <exception cref="ArgumentException">The suite or an arm cannot be used.</exception>
    public static async IAsyncEnumerable<ArmProbe> RunAsync(
        Suite suite,
        IReadOnlyList<Problem> problems,
        Func<Arm, ReasonerCatalog> reasoners,
        TimeProvider time,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        suite.Validate();
        _ = suite.PlannedUnits(problems.Count);
        var problem = problems.OrderBy(p => p.Text.Length).ElementAt(problems.Count / 2);
        foreach (var arm in suite.Arms)
        {
            var reasoner = reasoners(arm).Create(arm.Reasoner);
            using var scope = ExchangeScope.Begin();
            var latent = new PromptList();
            var started = time.GetTimestamp();
            var reasoning = await reasoner.SolveAsync(
                new Question(problem.Id, problem.Text),
                new SolveOptions
                {
                    Budget = suite.Budget,
                    Seed = new UnitKey(problem.Id, arm.Name, 0).Seed(suite.Seed),
                    Temperature = suite.Temperature,
                    PromptObserver = latent,
                },
                cancellationToken);
            yield return new ArmProbe(arm.Name, problem.Id, problems.Count * suite.Samples, time.GetElapsedTime(started))
            {
                Positions = reasoning.Usage.Known(usage => usage.Positions),
                Generated = reasoning.Usage.Known(usage => usage.Generated + usage.ToolGenerated),
                Prompts = [.. latent.Prompts.Concat(scope.Requests).Select(TextOf)],
                Model = arm.Model,
                FilledContext = reasoning.Stop == StopReason.ContextFull,
                Error = reasoning.Stop == StopReason.ContextFull ? null : reasoning.Error,
                Notes = reasoning.Notes,
            };
        }
    }

    private static string TextOf(IReadOnlyList<ChatMessage> request) =>
        string.Join('\n', request.Select(m => $"[{m.Role.Value}]\n{m.Text}"));

    /// <summary>The conversations that latent reasoners put to their model.</summary>
    private sealed class PromptList : IProgress<IReadOnlyList<ChatMessage>>
    {
        private readonly ConcurrentQueue<IReadOnlyList<ChatMessage>> _prompts = new();

        public IEnumerable<IReadOnlyList<ChatMessage>> Prompts => _prompts;

        public void Report(IReadOnlyList<ChatMessage> value) => _prompts.Enqueue(value);
    }
}

/// <summary>What one arm spent on one problem.</summary>
[DebuggerDisplay("{Arm}: {Positions} positions")]
internal sealed record ArmProbe(string Arm, string Problem, int Units, TimeSpan Elapsed)
{
    /// <summary>Positions of all purposes; <see langword="null"/> when the client does not report them.</summary>
    public long? Positions { get; init; }

    /// <summary>Of these, tokens that the model generated, those of tools included; servers charge most for them.</summary>
    public long? Generated { get; init; }

    /// <summary>The prompts as the model got them, in order, each message after its role in brackets.</summary>
    public IReadOnlyList<string> Prompts { get; init; } = [];

    /// <summary>The arm's own model; <see langword="null"/> for the run's.</summary>
    public string? Model { get; init; }

    /// <summary>Whether the model's context was full before the answer was complete.</summary>
    public bool FilledContext { get; init; }

    /// <summary>Whether not even the first prompt fits the context: the arm answers nothing.</summary>
    public bool PromptIsTooLong => FilledContext && Positions == 0;

    /// <summary>Remarks on the figures.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>What went wrong, except for a full context; <see langword="null"/> when nothing did.</summary>
    public string? Error { get; init; }
}
