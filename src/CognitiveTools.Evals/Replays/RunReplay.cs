using System.Security.Cryptography;
using CognitiveTools.Evals.Exchanges;
using CognitiveTools.Evals.Problems;
using CognitiveTools.Evals.Runs;
using CognitiveTools.Evals.Suites;
using CognitiveTools.Identity;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Evals.Replays;

/// <summary>
/// Replays stored units without a model: the same code gets the responses that the model gave, and must produce the
/// same transcript, byte for byte.
/// </summary>
internal static class RunReplay
{
    /// <summary>Replays units.</summary>
    /// <exception cref="InvalidDataException">A transcript is missing or damaged.</exception>
    /// <exception cref="InvalidOperationException">
    /// An arm would be played with other prompts, tools, donors, answer rules or files than it was run with, or the run does not
    /// record them; the message names the fact.
    /// </exception>
    public static async IAsyncEnumerable<ReplayedUnit> PlayAsync(
        RunResult run,
        Func<Arm, ReasonerCatalog> reasoners,
        IEnumerable<UnitRecord> units,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var suite = run.Header.Suite;
        var arms = suite.Arms.ToDictionary(a => a.Name, StringComparer.Ordinal);
        var made = new Dictionary<string, IReasoner>(StringComparer.Ordinal);
        var options = new SolveOptions { Temperature = suite.Temperature, Budget = suite.Budget };
        foreach (var unit in units)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return await PlayAsync(run, unit, ReasonerAsync, options with { Seed = unit.Seed }, cancellationToken);
        }

        async ValueTask<IReasoner> ReasonerAsync(string arm)
        {
            if (made.TryGetValue(arm, out var reasoner))
                return reasoner;
            var (catalog, spec) = (reasoners(arms[arm]), arms[arm].Reasoner);
            RefuseOthers(run.Header, arm, await catalog.IdentifyAsync(spec, cancellationToken));
            return made[arm] = catalog.Create(spec);
        }
    }

    // A replay needs no model and exists to try newer code. Everything else must be as it was.
    private static void RefuseOthers(RunHeader header, string arm, ReasonerIdentity now)
    {
        if (header.Facts?.Of(arm) is not { } before)
        {
            throw new InvalidOperationException(
                $"The header of run '{header.Id}' (version {header.Version}) does not record with which prompts and tools arm '{arm}' "
                + $"was run, so it cannot be replayed. Replay it with the version of the toolkit that made it ({header.Toolkit}).");
        }

        var differences = FactDifference.Between(Compared(before), Compared(now)).ToArray();
        if (differences.Length > 0)
        {
            throw new InvalidOperationException(
                $"Arm '{arm}' of run '{header.Id}' cannot be replayed: {string.Join("; ", differences)}. Restore what it was run with, "
                + $"or replay it with the version of the toolkit that made it ({header.Toolkit}).");
        }

        static ReasonerIdentity Compared(ReasonerIdentity identity) =>
            identity with { Models = [], Sandbox = SortedFacts.None, Code = SortedFacts.None };
    }

    private static async Task<ReplayedUnit> PlayAsync(
        RunResult run,
        UnitRecord unit,
        Func<string, ValueTask<IReasoner>> reasonerOf,
        SolveOptions options,
        CancellationToken cancellationToken)
    {
        if (run.TranscriptOf(unit) is not { } stored)
            return new ReplayedUnit(unit, null, unit.Missing ? "there was no response" : "it threw and has no transcript");
        if (stored.Exchanges.Count == 0)
            return new ReplayedUnit(unit, null, "it had no exchange with a chat model (latent and external arms)");
        if (stored.Reasoning.Stop is StopReason.TimedOut or StopReason.Failed
            || unit.LimitsHit.Contains("wallTime", StringComparer.Ordinal))
            return new ReplayedUnit(unit, null, "it depended on time or on a fault");
        if (stored.Exchanges.Any(exchange => exchange.Error is not null))
            return new ReplayedUnit(unit, null, "a response of the model failed or was abandoned");

        ReplayChatClient.Play(stored.Exchanges);
        var reasoner = await reasonerOf(unit.Arm);
        var reasoning = await reasoner.SolveAsync(new Question(unit.Problem, stored.Question), options, cancellationToken);
        var again = Transcript.Write(new Problem(unit.Problem, stored.Question, unit.Gold), reasoning, stored.Exchanges);
        var same = Convert.ToHexStringLower(SHA256.HashData(again)) == unit.Transcript;
        return new ReplayedUnit(unit, same, same ? null : reasoning.Error ?? "the transcript differs") { Reasoning = reasoning };
    }
}

/// <summary>A replayed unit: whether its transcript is identical (null if it cannot be replayed), and if not, why.</summary>
internal sealed record ReplayedUnit(UnitRecord Unit, bool? Identical, string? Reason)
{
    /// <summary>The reasoning of the replay.</summary>
    public Reasoning? Reasoning { get; init; }
}
