using CognitiveTools.Calls;
using CognitiveTools.Prompts;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Reasoners;

/// <summary>
/// One prompt, one generation: <c>direct</c> and <c>cot</c> are this reasoner with the prompts of those names.
/// Spends nothing but the main context; takes <see cref="Budget.TokensPerTurn"/>, <see cref="Budget.Positions"/> and
/// <see cref="Budget.WallTime"/> into account. The length of the prompt is known only afterwards, so that the solve may go over the
/// positions by it; it then says so in <see cref="Reasoning.LimitsHit"/>.
/// </summary>
/// <param name="client">The model.</param>
/// <param name="profile">Where the prompt is from; it must hold <paramref name="prompt"/>.</param>
/// <param name="prompt">The prompt's name; its only placeholder is <c>question</c>.</param>
/// <param name="time">The clock; the system's when <see langword="null"/>.</param>
public sealed class PromptReasoner(IChatClient client, PromptProfile profile, string prompt, TimeProvider? time = null) : IReasoner
{
    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <inheritdoc/>
    public async Task<Reasoning> SolveAsync(Question question, SolveOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(options);
        var messages = profile.Render(prompt, new Dictionary<string, string>(StringComparer.Ordinal) { ["question"] = question.Text });
        var start = _time.GetTimestamp();
        var turn = await ModelTurn.RunAsync(client, messages, ChatOptionsFor(options), options.Budget.WallTime, _time, options.TextObserver, cancellationToken);

        var said = turn.Said(turn.Text);
        options.Observer?.Report(said);
        return new Reasoning(
            turn.Text,
            [said],
            turn.Usage with { Elapsed = _time.GetElapsedTime(start) },
            StopOf(turn.End))
        {
            Error = turn.Error,
            LimitsHit = [.. LimitsOf(turn, options.Budget)],
            Notes = turn.End == TurnEnd.Finished && string.IsNullOrWhiteSpace(turn.Text) ? [.. turn.Notes, ModelTurn.NoText] : turn.Notes,
        };
    }

    private static IEnumerable<string> LimitsOf(ModelTurn turn, Budget budget)
    {
        var isCutByPositions = turn.End == TurnEnd.TokenLimit && budget.Positions < budget.TokensPerTurn;
        if (!isCutByPositions && LimitOf(turn.End) is { } limit)
            yield return limit;
        if (isCutByPositions || turn.Usage.Positions > budget.Positions)
            yield return "positions";
    }

    internal static StopReason StopOf(TurnEnd end) => end switch
    {
        TurnEnd.Finished => StopReason.Completed,
        TurnEnd.TokenLimit => StopReason.TokenLimit,
        TurnEnd.ContextFull => StopReason.ContextFull,
        TurnEnd.TimedOut => StopReason.TimedOut,
        _ => StopReason.Failed,
    };

    internal static string? LimitOf(TurnEnd end) => end switch
    {
        TurnEnd.TokenLimit => "tokensPerTurn",
        TurnEnd.ContextFull => "context",
        TurnEnd.TimedOut => "wallTime",
        _ => null,
    };

    private static ChatOptions ChatOptionsFor(SolveOptions options) => new()
    {
        MaxOutputTokens = Math.Min(options.Budget.TokensPerTurn, options.Budget.Positions),
        Temperature = options.Temperature,
        Seed = options.Seed,
    };
}
