using CognitiveTools.Calls;
using CognitiveTools.Latents;
using CognitiveTools.Prompts;
using CognitiveTools.Reasoners;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Verbal;

/// <summary>
/// One prompt, one generation: <c>direct</c> and <c>cot</c> are this reasoner with the prompts of those
/// names. It uses the main context only and honours <see cref="Budget.TokensPerTurn"/>,
/// <see cref="Budget.Positions"/> and <see cref="Budget.WallTime"/>. The length of the prompt is known only
/// afterwards, so the solve may exceed the positions by it; <see cref="Reasoning.LimitsHit"/> then says so.
/// </summary>
/// <param name="client">The model.</param>
/// <param name="profile">The profile with <paramref name="prompt"/>.</param>
/// <param name="prompt">The prompt's name; its only placeholder is <c>question</c>.</param>
/// <param name="time">The clock; the system's when <see langword="null"/>.</param>
internal sealed class PromptReasoner(IChatClient client, PromptProfile profile, string prompt, TimeProvider? time = null) : IReasoner
{
    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <summary>Sampling besides the solve's temperature.</summary>
    public SamplingSettings Sampling { get; init; } = SamplingSettings.None;

    /// <summary>How the model thinks.</summary>
    public ThoughtSettings Thinking { get; init; } = ThoughtSettings.None;

    /// <inheritdoc/>
    public async Task<Reasoning> SolveAsync(Question question, SolveOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(options);
        var messages = profile.Render(prompt, new Dictionary<string, string>(StringComparer.Ordinal) { ["question"] = question.Text });
        var record = new SolveRecord(options, _time);
        var tokens = Math.Min(options.Budget.TokensPerTurn, options.Budget.Positions);
        var asked = new ChatOptions { MaxOutputTokens = tokens, Seed = options.Seed };
        Sampling.For(options).Apply(asked);
        Thinking.Apply(asked, client, record.ThoughtsLeft);
        var observer = TextLabel.OfAnswer(options.TextObserver);
        var turn = await ModelTurn.RunAsync(client, messages, asked, options.Budget.WallTime, _time, observer, cancellationToken);

        turn.PayTo(record);
        record.Answer = turn.Visible;
        record.Add(turn.Said(turn.Text));
        if (turn.End == GenerationEnd.EndOfTurn && string.IsNullOrWhiteSpace(record.Answer))
            record.Note(SolveRecord.NoText);
        var stop = record.StopOf(turn.End, tokens, turn.HasThoughtsOnly && ThoughtSettings.LimitsThoughts(asked));
        record.LimitOverspending();
        return record.Close(stop, turn.Error) with { Cause = turn.Cause };
    }
}
