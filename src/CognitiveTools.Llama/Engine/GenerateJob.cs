using System.Threading.Channels;
using CognitiveTools.Chat;
using CognitiveTools.Latents;
using CognitiveTools.Llama.Models;
using CognitiveTools.Llama.Sampling;
using CognitiveTools.Llama.Thoughts;
using CognitiveTools.Reasoners;
using CognitiveTools.Steering;

namespace CognitiveTools.Llama.Engine;

/// <summary>
/// Forwards a prompt and then one sampled token after the other, without a hop to the caller in between. Owns a native sampler, which
/// <see cref="Release"/> frees, and the text so far. Decode thread only, once it is sent (<see cref="Job"/>). Invariants: a preempted
/// job keeps its sampled tokens; a sequence that its caller keeps holds every token of the result.
/// </summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "Freed in Release, on the thread that uses it.")]
internal sealed partial class GenerateJob : Job
{
    private const int ExpectedTokens = 4096;
    private const int BytesPerToken = 8;

    private readonly LlamaTokenizer _tokenizer;
    private readonly TokenSampler _sampler;
    private readonly GeneratedText _text;
    private readonly ChannelWriter<TextPiece>? _pieces;
    private readonly ThoughtReader? _thoughts;
    private readonly int _maxTokens;
    private readonly int _maxAnswerTokens;
    private readonly int _maxThoughtTokens;
    private readonly int _contextLength;
    private readonly bool _keepsSequence;
    private readonly bool _ignoresEndOfTurn;
    private readonly bool _savesPrompt; // the state before the last row, from which other prompts can go on
    private readonly List<int> _sampled;
    private readonly List<double>? _margins;
    private readonly SteeringPlan? _steering;
    private readonly int[] _next = new int[1];
    private readonly TaskCompletionSource<Generation> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TextParts _parts;
    private readonly ShownTokens _shown;
    private readonly ReadOnlyMemory<int> _prompt;
    private GenerationEnd? _end;
    private int _takenBack; // tokens that the text no longer has
    private int? _cached;
    private bool _generating;
    private bool _hasShown; // a token whose text is shown has been written

    /// <param name="sequence">The sequence to continue.</param>
    /// <param name="prompt">Tokens to forward first; empty to continue from the sequence's last prediction.</param>
    /// <param name="options">How to generate.</param>
    /// <param name="sampling">How tokens are chosen, the model's own recommendation included.</param>
    /// <param name="keepsSequence">Whether the caller keeps the sequence, so that it must hold every token of the result.</param>
    /// <param name="tokenizer">The model's tokenizer.</param>
    /// <param name="contextLength">Positions the sequence may hold.</param>
    /// <param name="pieces">Receives the text as it becomes certain.</param>
    /// <param name="thoughts">Separates the thoughts; <see langword="null"/>: all text is visible.</param>
    /// <param name="constraint">The compiled grammar of the options; the job disposes it.</param>
    /// <param name="cancellation">Ends the job between decodes.</param>
    internal GenerateJob(
        EngineSequence sequence,
        ReadOnlyMemory<int> prompt,
        GenerationOptions options,
        EffectiveSampling sampling,
        bool keepsSequence,
        LlamaTokenizer tokenizer,
        int contextLength,
        ChannelWriter<TextPiece>? pieces,
        ThoughtReader? thoughts,
        GrammarConstraint? constraint,
        CancellationToken cancellation)
        : base(sequence, cancellation)
    {
        if (pieces is null && options.TextObserver is { } observer)
            (pieces, Heard) = ObservedText.Of(observer);
        (Tokens, Rows, _prompt) = (prompt, prompt.Length, prompt);
        (_tokenizer, _contextLength, _keepsSequence, _pieces, _thoughts) = (tokenizer, contextLength, keepsSequence, pieces, thoughts);
        _maxAnswerTokens = options.Thinking?.AnswerTokens ?? int.MaxValue;
        _maxThoughtTokens = options.Thinking?.MostTokens ?? int.MaxValue;
        _maxTokens = options.MaxTokens ?? int.MaxValue;
        _ignoresEndOfTurn = options.IgnoresEndOfTurn;
        _savesPrompt = sequence.Engine.Model.HasRecurrentState;
        _margins = options.Margins ? [] : null;
        _steering = options.Steering;
        _parts = new(isStreamed: pieces is not null);
        // The buffers of a short answer are allocated here, on the caller's thread; only a long answer grows them later.
        var expected = Math.Clamp(Math.Min(_maxTokens, contextLength - sequence.Length - prompt.Length + 1), 1, ExpectedTokens);
        _sampled = new(expected);
        _text = new GeneratedText(options.StopSequences, expected * BytesPerToken, options.CallMarks);
        if (options.Turn is { } turn)
        {
            _thoughts?.Resume(turn.Tokens, _text);
            while (_text.TryTake(isEnd: false, out _))
            {
                // The caller has the text of the turn so far.
            }
        }

        _shown = new ShownTokens(tokenizer, options.Sampling.ShownTokens);
        // Last: nothing after it may throw, it holds native memory.
        _sampler = new TokenSampler(sampling, constraint, tokenizer, Math.Min(_maxTokens, contextLength));
    }

    internal Task<Generation> Result => _result.Task;

    private int Generated => _sampled.Count + _takenBack;

    private int Length => CutTo ?? Sequence.Lane!.Length;

    /// <summary>Completes when the observer of the options has received all of the text, after the job has ended.</summary>
    internal Task Heard { get; } = Task.CompletedTask;

    internal override StepOutcome Outcome => OutcomeOf(_result.Task, static generation => new(generation.ToContinuation()));

    internal override void ReusePrefix(int positions)
    {
        base.ReusePrefix(positions);
        _cached ??= positions; // after a preemption, a reused prefix saves the caller nothing
    }

    internal override bool IsGenerating => _generating;

    internal override bool EndsSequence => !_keepsSequence;

    internal override bool LastRowApart => !_generating && (_savesPrompt || AppliedSteering.At(_steering, 0) is not null);

    internal override AppliedSteering? Steering => Remaining == 1 ? AppliedSteering.At(_steering, _sampled.Count) : null;

    // A kept sequence may contain embedding rows, which have no token ids, and steered rows would be replayed without steering.
    internal override bool CanPreempt => base.CanPreempt && !_keepsSequence && _steering is null;

    internal override void Preempt()
    {
        base.Preempt();
        _generating = false;
        if (_sampled.Count > 0)
            Tokens = (int[])[.. _prompt.Span, .. _sampled];
        Rows = Tokens.Length;
    }

    internal override void OnStarted(NativeContext context, BatchBuffer batch)
    {
        var expected = Sequence.Lane!.Length + Remaining + _sampled.Capacity;
        Sequence.Lane.History.EnsureCapacity(Math.Min(expected, _contextLength));
        if (Rows == 0)
            Continue(_sampler.Sample(Sequence.LastLogits.Span), context, row: -1);
    }

    internal override void OnOutput(NativeContext context, int row)
    {
        if (_end is { } end)
            Finish(end, context, row); // the last token was forwarded to complete the sequence
        else if (Accepts(context.Logits(row), Sequence.Lane!.Length - 1))
            Continue(Next(context, row), context, row);
    }

    internal override void Fail(Exception error)
    {
        IsFinished = Failed = true;
        _thoughts?.Finish(_text);
        Emit(isEnd: true);
        _result.TrySetException(Work(_parts.Visible()).On(error));
        _pieces?.TryComplete(); // the reader of the pieces awaits the result next, which carries the error
    }

    internal override void FailFull(int needed, int available)
    {
        if (_generating)
            Finish(GenerationEnd.ContextFull, context: null, row: -1);
        else
            base.FailFull(needed, available);
    }

    private protected override void Release() => _sampler.Dispose();

    private void Continue(TokenId? sampled, NativeContext context, int row)
    {
        _generating = true;
        if (sampled is not { } token)
        {
            Fail(new InvalidOperationException("No token of this model's vocabulary continues the grammar. Widen the grammar."));
            return;
        }

        if (_tokenizer.IsEndOfTurn(token.Value) && !_ignoresEndOfTurn && _thoughts?.Closes(token) is not true)
        {
            Finish(GenerationEnd.EndOfTurn, context, row);
            return;
        }

        _sampled.Add(token.Value);
        _margins?.Add(TokenMargin.Of(row < 0 ? Sequence.LastLogits.Span : context.Logits(row)));
        var isStopped = AppendText(token);
        if (_thoughts is { TakesBack: true } && Generated < _maxTokens)
        {
            Continue(TakeBack(forwarded: _sampled.Count - 1), context, row);
            return;
        }

        if (isStopped)
            _end = GenerationEnd.StopSequence;
        else if (Generated >= _maxTokens || Generated - (_thoughts?.ThoughtTokens ?? 0) >= _maxAnswerTokens
            || (_thoughts is { IsOpen: true } && _thoughts.ThoughtTokens >= _maxThoughtTokens))
            _end = GenerationEnd.TokenLimit;
        if (_pieces is not null)
            Emit(isEnd: false);

        if (_end is { } end && !_keepsSequence)
        {
            Finish(end, context, row);
        }
        else if (Length >= _contextLength)
        {
            Finish(_end ?? GenerationEnd.ContextFull, context, row);
        }
        else
        {
            _next[0] = token.Value;
            (Tokens, Rows, Done) = (_next, 1, 0);
        }
    }

    private void Finish(GenerationEnd end, NativeContext? context, int row)
    {
        IsFinished = true;
        var logits = !_keepsSequence || context is null ? default
            : row < 0 ? Sequence.LastLogits
            : context.Logits(row).ToArray();
        Sequence.Commit(Length, logits);
        _thoughts?.Finish(_text);
        Emit(isEnd: true);
        _result.TrySetResult(new(_parts.Visible(), _sampled, end, _prompt.Length, _cached ?? 0)
        {
            Margins = _margins ?? [],
            Waited = Waited,
            Parts = _thoughts is null ? [] : _parts.All(),
            ThoughtTokens = _thoughts?.ThoughtTokens,
            TakenBack = _takenBack,
        });
        _pieces?.TryComplete();
    }

    // Sampled tokens count once, also when the job was preempted and forwards them again.
    private PartialWork Work(string text) =>
        new(_generating || _sampled.Count > 0 ? _prompt.Length : Math.Min(Done, _prompt.Length), Generated, _cached ?? 0, text)
        {
            Thoughts = _thoughts?.ThoughtTokens ?? 0,
        };

    private void Emit(bool isEnd)
    {
        while (_text.TryTake(isEnd, out var piece))
        {
            _parts.Add(piece);
            _pieces?.TryWrite(piece);
        }
    }
}
