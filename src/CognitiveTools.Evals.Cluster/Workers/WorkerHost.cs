using CognitiveTools.Evals.Problems;
using CognitiveTools.Evals.Suites;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Evals.Cluster.Workers;

/// <summary>A run as a worker meets it.</summary>
/// <param name="Suite">Its suite.</param>
/// <param name="Problems">Its problems.</param>
/// <param name="Model">The model of arms that name none, as the process that started the run calls it.</param>
internal sealed record WorkerRun(Suite Suite, IReadOnlyList<Problem> Problems, string? Model);

/// <summary>What a worker has for a run.</summary>
/// <param name="Reasoners">The reasoners on an arm's model.</param>
/// <param name="Concurrency">Units in flight at once.</param>
/// <param name="DisposeAsync">Ends the models.</param>
internal sealed record WorkerHost(Func<Arm, ReasonerCatalog> Reasoners, int Concurrency, Func<ValueTask> DisposeAsync);
