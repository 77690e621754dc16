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
        var store = new TranscriptStore(TranscriptStore.Folder(run.Directory));
        var options = new SolveOptions
        {
            Temperature = suite.Temperature,
            Budget = new Budget
            {
                Positions = suite.Budget.Positions,
                TokensPerTurn = suite.Budget.TokensPerTurn,
                ToolCalls = suite.Budget.ToolCalls,
                CallsPerTool = suite.Budget.CallsPerTool,
                WallTime = suite.Budget.WallTimeSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            },
        };
        foreach (var unit in units)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return await PlayAsync(unit, arms[unit.Arm], store, reasoners, options with { Seed = unit.Seed }, cancellationToken);
        }
    }

    /// <summary>A unit's transcript; <see langword="null"/> when the unit threw.</summary>
    /// <exception cref="InvalidDataException">The transcript is missing or damaged.</exception>
    public static StoredTranscript? Stored(RunResult run, UnitRecord unit)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(unit);
        return unit.Transcript is { } hash ? Transcript.Read(new TranscriptStore(TranscriptStore.Folder(run.Directory)).Load(hash)) : null;
    }

    private static async Task<ReplayedUnit> PlayAsync(
        UnitRecord unit, ArmSnapshot arm, TranscriptStore store, Func<ArmSnapshot, ReasonerCatalog> reasoners, SolveOptions options, CancellationToken cancellationToken)
    {
        if (unit.Transcript is not { } hash)
            return new ReplayedUnit(unit, null, "it threw and has no transcript");
        var stored = Transcript.Read(store.Load(hash));
        if (stored.Exchanges.Count == 0)
            return new ReplayedUnit(unit, null, "it had no exchange with a chat model (latent and external arms)");
        if (stored.Reasoning.Stop is StopReason.TimedOut or StopReason.Failed || unit.LimitsHit.Contains("wallTime", StringComparer.Ordinal))
            return new ReplayedUnit(unit, null, "it depended on time or on a fault");

        ReplayChatClient.Play(stored.Exchanges);
        var reasoner = reasoners(arm).Create(ReasonerSpec.Parse(arm.Reasoner));
        var reasoning = await reasoner.SolveAsync(new Question(unit.Problem, stored.Question), options, cancellationToken);
        var again = Transcript.Write(new Problem(unit.Problem, stored.Question, unit.Gold), reasoning, stored.Exchanges);
        var same = Convert.ToHexStringLower(SHA256.HashData(again)) == hash;
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
