using System.Security.Cryptography;
using CognitiveTools.Evals.Problems;
using CognitiveTools.Evals.Runs;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Evals.Exchanges;

/// <summary>
/// Plays stored units again without a model: the same code gets the responses that the model once gave, and must produce the
/// same transcript, byte for byte.
/// </summary>
public static class RunReplay
{
    /// <summary>Plays units.</summary>
    /// <param name="run">The run.</param>
    /// <param name="reasoners">
    /// The reasoners of an arm, on a chat client from <c>AddReplayChatClient</c>; asked for only for arms that talked to one.
    /// </param>
    /// <param name="units">The units to play.</param>
    /// <param name="cancellationToken">Cancels between units.</param>
    /// <exception cref="InvalidDataException">A transcript is missing or damaged.</exception>
    public static async IAsyncEnumerable<ReplayedUnit> PlayAsync(
        RunResult run,
        Func<ArmSnapshot, ReasonerCatalog> reasoners,
        IEnumerable<UnitRecord> units,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(reasoners);
        ArgumentNullException.ThrowIfNull(units);
        var suite = run.Header.Suite;
        var arms = suite.Arms.ToDictionary(a => a.Name, StringComparer.Ordinal);
        var made = new Dictionary<string, IReasoner>(StringComparer.Ordinal);
        var options = new SolveOptions { Temperature = suite.Temperature, Budget = suite.Budget.ToBudget() };
        foreach (var unit in units)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return await PlayAsync(run, unit, () => Reasoner(unit.Arm), options with { Seed = unit.Seed }, cancellationToken);
        }

        IReasoner Reasoner(string arm) => made.TryGetValue(arm, out var reasoner)
            ? reasoner
            : made[arm] = reasoners(arms[arm]).Create(ReasonerSpec.Parse(arms[arm].Reasoner));
    }

    private static async Task<ReplayedUnit> PlayAsync(
        RunResult run, UnitRecord unit, Func<IReasoner> reasoner, SolveOptions options, CancellationToken cancellationToken)
    {
        if (run.TranscriptOf(unit) is not { } stored)
            return new ReplayedUnit(unit, null, unit.Missing ? "there was no response" : "it threw and has no transcript");
        if (stored.Exchanges.Count == 0)
            return new ReplayedUnit(unit, null, "it had no exchange with a chat model (latent and external arms)");
        if (stored.Reasoning.Stop is StopReason.TimedOut or StopReason.Failed || unit.LimitsHit.Contains("wallTime", StringComparer.Ordinal))
            return new ReplayedUnit(unit, null, "it depended on time or on a fault");

        ReplayChatClient.Play(stored.Exchanges);
        var reasoning = await reasoner().SolveAsync(new Question(unit.Problem, stored.Question), options, cancellationToken);
        var again = Transcript.Write(new Problem(unit.Problem, stored.Question, unit.Gold), reasoning, stored.Exchanges);
        var same = Convert.ToHexStringLower(SHA256.HashData(again)) == unit.Transcript;
        return new ReplayedUnit(unit, same, same ? null : reasoning.Error ?? "the transcript differs") { Reasoning = reasoning };
    }
}

/// <summary>A unit played again.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Identical">Whether the transcript is the same; <see langword="null"/> when it cannot be played.</param>
/// <param name="Reason">Why it differs or cannot be played.</param>
public sealed record ReplayedUnit(UnitRecord Unit, bool? Identical, string? Reason)
{
    /// <summary>The reasoning of the replay.</summary>
    public Reasoning? Reasoning { get; init; }
}
