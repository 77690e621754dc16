using CognitiveTools.Reasoners;

namespace CognitiveTools.Evals.Tests;

/// <summary>A reasoner that does what its test says, and counts its calls.</summary>
internal sealed class ScriptedReasoner(Func<Question, SolveOptions, CancellationToken, Task<Reasoning>> solve) : IReasoner
{
    private int _calls;

    public ScriptedReasoner(Func<Question, string> answer)
        : this((question, _, _) => Task.FromResult(Said(answer(question))))
    {
    }

    public int Calls => _calls;

    public static Reasoning Said(string text, StopReason stop = StopReason.Completed) =>
        new(text, [new Said(text)], new Usage { Prompt = 20, Generated = 10 }, stop);

    public Task<Reasoning> SolveAsync(Question question, SolveOptions options, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _calls);
        return solve(question, options, cancellationToken);
    }

    public static ReasonerCatalog Catalog(params (string Kind, IReasoner Reasoner)[] reasoners) =>
        new(reasoners.Select(r => new Factory(r.Kind, r.Reasoner)));

    private sealed class Factory(string kind, IReasoner reasoner) : IReasonerFactory
    {
        public string Kind => kind;

        public string Description => "Scripted.";

        public IReasoner Create(ReasonerSpec spec) => reasoner;
    }
}
