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
            throw new ArgumentException($"A width of {options.Width} needs a choice among the trajectories. Set Choice, for instance to BranchChoice.Confidence.", nameof(options));
        if (options is { Call: not null, ComparesWithGreedy: true })
            throw new ArgumentException("Thoughts of a latent tool call are not compared with greedy decoding of the main prompt. Set ComparesWithGreedy to false; the control 'greedy' hands over tokens instead.", nameof(options));
        (_model, _rule, _options, _time) = (model, rule, options, time ?? TimeProvider.System);
    }

    /// <inheritdoc/>
    public async Task<Reasoning> SolveAsync(Question question, SolveOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(options);
        cancellationToken.ThrowIfCancellationRequested();

        var start = _time.GetTimestamp();
        using var timer = options.Budget.WallTime is { } limit ? new CancellationTokenSource(limit, _time) : null;
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timer?.Token ?? default);
        var solve = new LatentSolve(_model, _rule, _options, question, options);
        try
        {
            var stop = await solve.RunAsync(linked.Token);
            return solve.ToReasoning(stop, _time.GetElapsedTime(start));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested && timer is { IsCancellationRequested: true })
        {
            return solve.ToReasoning(solve.Limit("wallTime", StopReason.TimedOut), _time.GetElapsedTime(start));
        }
        catch (ContextFullException full)
        {
            return solve.ToReasoning(solve.Limit("context", StopReason.ContextFull), _time.GetElapsedTime(start), full.Message);
        }
        catch (Exception failure) when (IsModelFailure(failure, cancellationToken))
        {
            return solve.ToReasoning(StopReason.Failed, _time.GetElapsedTime(start), $"{failure.GetType().Name}: {failure.Message}");
        }
    }

    /// <summary>
    /// Everything a model or its transport throws is a value, also a cancellation of its own; misuse and the caller's
    /// cancellation are not.
    /// </summary>
    private static bool IsModelFailure(Exception failure, CancellationToken caller) =>
        failure is not ArgumentException && !(failure is OperationCanceledException && caller.IsCancellationRequested);
}
