using CognitiveTools.Latent.Thoughts;
using CognitiveTools.Latents;
using CognitiveTools.Reasoners;

namespace CognitiveTools.Latent.Solving;

/// <summary>
/// Thinks without words: prompt, then up to n inputs that a rule makes from the network's own predictions, then a
/// verbal answer.
/// </summary>
public sealed class LatentReasoner : IReasoner
{
    private readonly ILatentModel _model;
    private readonly IThoughtRule _rule;
    private readonly LatentReasonerOptions _options;
    private readonly TimeProvider _time;

    /// <summary>Creates the reasoner.</summary>
    /// <param name="model">The model.</param>
    /// <param name="rule">The method, or a control around it.</param>
    /// <param name="options">Prompt, steps, width and markers.</param>
    /// <param name="time">The clock of the wall-time budget; <see langword="null"/> means the system's.</param>
    public LatentReasoner(ILatentModel model, IThoughtRule rule, LatentReasonerOptions options, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(rule);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Steps, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Width, 1, nameof(options));
        if (options is { Width: > 1, Choice: null })
            throw new ArgumentException(
                $"A width of {options.Width} needs a choice among the trajectories. Set Choice, for instance to BranchChoice.Confidence.",
                nameof(options));
        if (options is { Call: not null, ComparesWithGreedy: true })
            throw new ArgumentException(
                "Thoughts of a latent tool call are not compared with greedy decoding of the main prompt. Set ComparesWithGreedy to false; "
                + "the control 'greedy' hands over tokens instead.", nameof(options));
        (_model, _rule, _options, _time) = (model, rule, options, time ?? TimeProvider.System);
    }

    /// <inheritdoc/>
    public Task<Reasoning> SolveAsync(Question question, SolveOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(options);
        return new LatentSolve(_model, _rule, _options, question, options, _time).SolveAsync(cancellationToken);
    }
}
