using CognitiveTools.Chat;
using CognitiveTools.Latents;
using CognitiveTools.Text;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Reasoners;

/// <summary>
/// Base of one solve: keeps trace, usage and limits, and turns expected failures into values. Used once, by one flow.
/// </summary>
/// <param name="options">Budget, seed and observer.</param>
/// <param name="time">The clock of the wall-time budget.</param>
internal abstract class SolveFrame(SolveOptions options, TimeProvider time)
{
    private readonly SolveRecord _record = new(options, time);

    /// <summary>Budget, seed and observer.</summary>
    protected SolveOptions Options { get; } = options;

    /// <summary>Positions spent so far.</summary>
    protected Usage Usage
    {
        get => _record.Usage;
        set => _record.Usage = value;
    }

    /// <summary>The text with the answer; empty at first.</summary>
    protected string Answer
    {
        get => _record.Answer;
        set => _record.Answer = value;
    }

    /// <summary>Positions left in the budget.</summary>
    protected long Remaining => _record.Remaining;

    /// <summary>Thought tokens that are left.</summary>
    protected long ThoughtsLeft => _record.ThoughtsLeft;

    /// <summary>Solves. An exception of the model or its transport becomes <see cref="StopReason.Failed"/>.</summary>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    /// <exception cref="ArgumentException">Misuse.</exception>
    public async Task<Reasoning> SolveAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var timer = Options.Budget.WallTime is { } limit ? new CancellationTokenSource(limit, time) : null;
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timer?.Token ?? default);
        try
        {
            return Result(await RunAsync(linked.Token), null);
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested
            && timer is { IsCancellationRequested: true })
        {
            Keep(late);
            return Result(Limit("wallTime", StopReason.TimedOut), null);
        }
        catch (ContextFullException full)
        {
            Keep(full);
            return Result(Limit("context", StopReason.ContextFull), full.Message);
        }
        catch (Exception failure) when (failure is not ArgumentException
            && !(failure is OperationCanceledException && cancellationToken.IsCancellationRequested))
        {
            Keep(failure);
            return Result(StopReason.Failed, FailureWords.Of(failure));
        }

        Reasoning Result(StopReason stop, string? error)
        {
            var result = Conclude(_record.Close(stop, error));
            return result with { Usage = result.Usage with { Elapsed = _record.Elapsed } };
        }
    }

    /// <summary>Completes the result, for solves whose parts keep separate traces and usage.</summary>
    protected virtual Reasoning Conclude(Reasoning reasoning) => reasoning;

    /// <summary>The solve itself.</summary>
    /// <returns>Why it ended.</returns>
    protected abstract Task<StopReason> RunAsync(CancellationToken cancellationToken);

    /// <summary>The tokens of a conversation, which is reported to <see cref="SolveOptions.PromptObserver"/>.</summary>
    protected int[] Encode(ILatentModel model, IReadOnlyList<ChatMessage> messages)
    {
        ArgumentNullException.ThrowIfNull(model);
        return Options.Encode(model, messages);
    }

    /// <summary>Adds a step to the trace and reports it to the observer.</summary>
    protected void Add(Step step) => _record.Add(step);

    // The work of an interrupted call is counted, and its text becomes the answer.
    private void Keep(Exception thrown)
    {
        if (PartialWork.Take(thrown) is not { } work)
            return;
        Usage += new Usage { Prompt = work.Prompt, Generated = work.Generated, ThoughtTokens = work.Thoughts, Cached = work.Cached };
        if (work.Text.Length == 0 || Answer.Length > 0)
            return;
        Answer = work.Text;
        Add(new Said(work.Text));
    }

    /// <summary>Adds a remark on the figures.</summary>
    protected void Note(string note) => _record.Note(note);

    /// <summary>Records a limit that was hit.</summary>
    protected StopReason Limit(string name, StopReason stop = StopReason.TokenLimit) => _record.Limit(name, stop);

    /// <summary>The stop reason for the end of a text; records the limit that cut it.</summary>
    /// <param name="end">Why the text ended.</param>
    /// <param name="maxTokens">The limit of tokens of the text.</param>
    protected StopReason StopOf(GenerationEnd end, int maxTokens) => _record.StopOf(end, maxTokens);

    /// <inheritdoc cref="SolveRecord.Say(SeparatedText, GenerationEnd, int)"/>
    protected StopReason Say(SeparatedText said, GenerationEnd end, int maxTokens) => _record.Say(said, end, maxTokens);
}
