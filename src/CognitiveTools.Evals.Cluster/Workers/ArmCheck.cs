using CognitiveTools.Evals.Runs;
using CognitiveTools.Evals.Suites;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Evals.Cluster.Workers;

/// <summary>
/// Which arms of a run a worker can run: those for which it has exactly what the run was started with, models by their hash.
/// </summary>
/// <param name="Able">The reasoners by arm.</param>
/// <param name="Declined">The others, with the reason.</param>
internal sealed record ArmCheck(IReadOnlyDictionary<string, IReasoner> Able, IReadOnlyDictionary<string, string> Declined)
{
    /// <summary>Looks at every arm. Loads models where necessary.</summary>
    /// <param name="header">The run.</param>
    /// <param name="reasoners">The reasoners on an arm's model, as this worker has them.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static async Task<ArmCheck> OfAsync(RunHeader header, Func<Arm, ReasonerCatalog> reasoners, CancellationToken cancellationToken)
    {
        var able = new Dictionary<string, IReasoner>(StringComparer.Ordinal);
        var declined = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var facts = header.Facts!;
        foreach (var arm in header.Suite.Arms)
        {
            try
            {
                var alone = header.Suite with { Arms = [arm], Baseline = null };
                var own = await RunFacts.CollectAsync(alone, reasoners, facts.Given, cancellationToken);
                if (own.TextOf(arm.Name) == facts.TextOf(arm.Name))
                    able[arm.Name] = EvalRun.Create(arm, reasoners(arm));
                else
                    declined[arm.Name] = string.Join("; ", Differences(facts, own, arm.Name));
            }
            catch (Exception fault) when (fault is ArgumentException or IOException or InvalidOperationException or InvalidDataException)
            {
                declined[arm.Name] = fault.Message;
            }
        }

        return new ArmCheck(able, declined);
    }

    private static IEnumerable<FactDifference> Differences(RunFacts run, RunFacts own, string arm) => FactDifference.Between(
        run with { Arms = run.Arms.Where(a => a.Key == arm).ToDictionary(StringComparer.Ordinal) }, own);
}
