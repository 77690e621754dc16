using CognitiveTools.Calls;
using CognitiveTools.Chat;
using CognitiveTools.Latents;
using CognitiveTools.Loop.Reading;
using CognitiveTools.Reasoners;
using CognitiveTools.Text;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Loop;

/// <summary>One solve of the tool loop: its conversation and the state machine's steps.</summary>
internal sealed class ToolLoopRun
{
    private readonly LoopSetup _setup;
    private readonly Question _question;
    private readonly SolveOptions _options;
    private readonly SolveRecord _record;
    private readonly LoopBudget _budget;
    private readonly SamplingSettings _sampling;
    private readonly CallValidator _validator;
    private readonly ObservationFence _fence;
    private readonly IReadOnlyCollection<string> _toolNames;
    private readonly List<ChatMessage> _messages;
    private readonly Queue<(ChatMessage Message, string Tool, FunctionCallContent? Native)> _observations = new();
    private readonly List<string> _saidSinceObservation = [];
    private bool _stopAtCalls = true;
    private int _turns;

    public ToolLoopRun(LoopSetup setup, Question question, SolveOptions options)
    {
        _setup = setup;
        _question = question;
        _options = options;
        _sampling = setup.Options.Sampling.For(options);
        _record = new SolveRecord(options, setup.Time);
        _budget = new LoopBudget(_record, options.Budget, setup.Options);
        _validator = new CallValidator(setup.Tools, setup.Profile, setup.Options.Binding, question.Text);
        _fence = new ObservationFence(options.Seed);
        _toolNames = [.. setup.Tools.Select(t => t.Name)];
        _messages = [.. setup.Open(question.Text)];
    }

    public async Task<Reasoning> SolveAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (_budget.IsSpent)
            {
                _record.Limit("positions");
                return await ForceAnswerAsync(cancellationToken);
            }

            var tokens = (int)_budget.TokensLeft;
            var options = LoopOptions(tokens);
            var turn = await GenerateAsync(options, cancellationToken);
            if (turn.End is GenerationEnd.TimedOut or GenerationEnd.Failed or GenerationEnd.ContextFull)
                return Stopped(turn);

            var said = new AssistantTurn(turn.Message, cut: turn.End == GenerationEnd.TokenLimit);
            if (turn.End == GenerationEnd.EndOfTurn && _stopAtCalls && MayBeStoppedInThought(turn))
            {
                // The stop sequence matched inside a thought: generate again without it.
                _stopAtCalls = false;
                _budget.Discard(turn);
                _record.Note("a turn that a stop sequence ended inside a thought was generated again without it");
                continue;
            }

            var call = CallFinder.FindFirst(said, _toolNames);
            var answer = AnswerMarker.IndexOf(said.Visible);
            if (call is not null && (answer < 0 || call.Start < answer))
            {
                if (await CallAsync(turn, said, call, cancellationToken))
                    return await ForceAnswerAsync(cancellationToken);
                continue;
            }

            // The answer line comes first, so a later call is not made.
            Say(turn, call is null ? said.Text : said.Text[..call.Start]);
            if (turn.End == GenerationEnd.TokenLimit && !IsAnswerComplete(said, answer))
            {
                _record.StopOf(turn.End, tokens, turn.HasThoughtsOnly && ThoughtSettings.LimitsThoughts(options));
                return await ForceAnswerAsync(cancellationToken);
            }

            return AnswerMarker.IndexOfAny(said.Visible) >= 0 || said.Visible.Contains(@"\boxed{", StringComparison.Ordinal)
                ? Done(StopReason.Completed)
                : await ForceAnswerAsync(cancellationToken);
        }
    }

    /// <returns>Whether calling is over and an answer must be forced.</returns>
    private async Task<bool> CallAsync(ModelTurn turn, AssistantTurn said, FoundCall found, CancellationToken cancellationToken)
    {
        Say(turn, said.Text[..found.End] + found.MissingEnd, found.Native);
        var notes = new List<string>(found.Notes);
        var (call, unreadable) = _validator.Check(found, notes);
        if (said.Text[found.End..] is var rest && !string.IsNullOrWhiteSpace(rest))
            notes.Add($"{rest.Trim().Length} characters after the call were cut");

        var name = call?.Tool.Name ?? found.Tool;
        var arguments = call?.ArgumentsAsJson() ?? "{}";
        var wrong = unreadable ?? call?.Refusal;
        var (refusal, final) = wrong is null ? _budget.Admit(call!.Tool, arguments) : (wrong, false);
        if (refusal is not null)
        {
            CallTelemetry.Count(wrong is null ? call!.Tool : null, CallOutcome.Refused);
            _record.Add(new Called(name, arguments, nameof(CallOutcome.Refused), final ? "" : Error(refusal))
            {
                Notes = final ? [.. notes, refusal] : notes,
            });
            if (final)
                return true;
            Observe(name, Error(refusal), found.Native);
            return _budget.CountRefusal();
        }

        var index = _budget.Count(call!.Tool, arguments);
        var result = await InvokeAsync(
            call with
            {
                Seed = Seeds.Derive(_options.Seed, SeedPath.Call, index),
                Context = _setup.Options.Isolation == ToolIsolation.Off ? [.. _messages] : null,
                MaxOutputTokens = _budget.ToolTokensLeft,
                Thinking = _setup.Options.Thinking,
                ThoughtTokens = _record.ThoughtsLeft,
                TimeLimit = _record.TimeLeft,
                Sampling = _sampling,
            },
            cancellationToken);
        _record.Usage += result.Usage;
        var observation = result.HasOutput
            ? (result.Text.Length > 0 ? result.Text : "(the tool wrote nothing)")
            : Error($"{name} gave no result: {result.Reason}");
        _record.Add(new Called(name, arguments, result.Outcome.ToString(), observation)
        {
            Usage = result.Usage,
            Accepts = result.Accepts,
            Notes = [.. notes, .. result.Notes],
        });
        Observe(name, observation, found.Native);
        return false;
    }

    // A host between the loop and the tool (a kernel and its filters) may fail; the usage of the call is then unknown.
    private async Task<CallResult> InvokeAsync(ToolCall call, CancellationToken cancellationToken)
    {
        try
        {
            return await _setup.Invoker.InvokeAsync(call, cancellationToken);
        }
        catch (Exception e) when (e is not (ArgumentException or InvalidDataException) && !cancellationToken.IsCancellationRequested)
        {
            _record.Note(ModelTurn.UnknownCost);
            return new CallResult(CallOutcome.Refused, "")
            {
                Reason = $"the host failed: {FailureWords.Of(e)}",
                Usage = Usage.None with { Incomplete = true },
            };
        }
    }

    private async Task<Reasoning> ForceAnswerAsync(CancellationToken cancellationToken)
    {
        _messages.AddRange(_setup.Profile.Render(LoopSetup.ForcedPrompt, LoopSetup.NoValues));
        var thoughts = Math.Max(_record.ThoughtsLeft, ThoughtSettings.ForcedTokens);
        var options = TurnOptions(Math.Min(_options.Budget.TokensPerTurn, _setup.Options.ForcedAnswerTokens), thoughts);
        var turn = await GenerateAsync(options, cancellationToken);
        if (turn.End is GenerationEnd.TimedOut or GenerationEnd.Failed or GenerationEnd.ContextFull)
            return Stopped(turn);
        Say(turn, turn.Text);
        var said = new AssistantTurn(turn.Message, cut: turn.End == GenerationEnd.TokenLimit);
        if (turn.End == GenerationEnd.TokenLimit && !IsAnswerComplete(said, AnswerMarker.IndexOf(said.Visible)))
        {
            _record.Limit("forcedAnswerTokens");
            return Done(StopReason.TokenLimit);
        }

        return Done(StopReason.Forced);
    }

    /// <summary>Generates a turn. While the context is full, the oldest observation is replaced by a note.</summary>
    private async Task<ModelTurn> GenerateAsync(ChatOptions options, CancellationToken cancellationToken)
    {
        while (true)
        {
            var turn = await ModelTurn.RunAsync(
                _setup.Client, _messages, options, _record.TimeLeft, _setup.Time, _options.TextObserver, cancellationToken);
            _budget.Pay(turn);
            if (turn.End != GenerationEnd.ContextFull || _observations.Count == 0)
                return turn;

            _budget.Discard(turn);
            _record.Limit("context");
            var (message, tool, native) = _observations.Dequeue();
            _messages[_messages.IndexOf(message)] = ObservationMessages(tool, "(left out: the context is full)", native)[0];
            _record.Note($"an observation of {tool} was left out because the context was full");
        }
    }

    private ChatOptions LoopOptions(int tokens)
    {
        var options = TurnOptions(tokens, _record.ThoughtsLeft);
        if (_setup.Options.Style == CallStyle.Native)
        {
            (options.Tools, options.ToolMode, options.AllowMultipleToolCalls) = (_setup.Declarations, ChatToolMode.Auto, false);
            return options;
        }

        if (!_stopAtCalls)
            return options;
        if (_setup.Options.Style == CallStyle.Python)
        {
            options.StopSequences = ["Observation:"];
            return options;
        }

        options.StopSequences = ["</call>"];
        if (ChatCapabilities.Of(_setup.Client).Grammar)
        {
            var others = options.AdditionalProperties ??= [];
            others[ChatOptionKeys.Grammar] = CallGrammar.For(_setup.Tools);
            others[ChatOptionKeys.GrammarTrigger] = CallGrammar.Trigger;
        }

        return options;
    }

    private ChatOptions TurnOptions(int tokens, long thoughtTokens)
    {
        var options = new ChatOptions { MaxOutputTokens = tokens, Seed = Seeds.Derive(_options.Seed, SeedPath.Turn, _turns++) };
        _sampling.Apply(options);
        _setup.Options.Thinking.Apply(options, _setup.Client, thoughtTokens);
        return options;
    }

    private void Say(ModelTurn turn, string text, FunctionCallContent? call = null)
    {
        var said = turn.Said(text);
        _record.Add(said);
        _saidSinceObservation.Add(said.Text);
        _messages.Add(AssistantMessage.Of(turn, text, call));
    }

    private void Observe(string tool, string content, FunctionCallContent? call)
    {
        var messages = ObservationMessages(tool, content, call);
        _messages.AddRange(messages);
        _observations.Enqueue((messages[0], tool, call));
        _saidSinceObservation.Clear();
    }

    // In a refused call the name is the model's own text, so it is guarded like the content.
    private IReadOnlyList<ChatMessage> ObservationMessages(string tool, string content, FunctionCallContent? call)
    {
        var messages = _setup.Profile.Render(LoopSetup.ObservationPrompt, new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["tool"] = tool.Length == 0 ? "the call" : _fence.Guard(tool),
            ["fence"] = _fence.Text,
            ["content"] = _fence.Guard(content),
        });
        return call is null ? messages
            : [new ChatMessage(ChatRole.Tool, [new FunctionResultContent(call.CallId, string.Join('\n', messages.Select(m => m.Text)))])];
    }

    private Reasoning Stopped(ModelTurn turn)
    {
        if (turn.Text.Length > 0 || turn.Thoughts is not null)
            Say(turn, turn.Text);
        return Done(_record.StopOf(turn.End, 0)) with { Error = turn.Error, Cause = turn.Cause };
    }

    private Reasoning Done(StopReason stop)
    {
        _record.Answer = string.Join('\n', _saidSinceObservation);
        _record.LimitOverspending();
        return _record.Close(stop);
    }

    // A model whose thoughts the engine knows reads stop sequences in its visible text only.
    private bool MayBeStoppedInThought(ModelTurn turn) =>
        turn.EndsInThought && ChatCapabilities.Of(_setup.Client).Thinks is not true;

    // The limit may have cut the answer itself, unless its line has ended.
    private static bool IsAnswerComplete(AssistantTurn said, int answer) =>
        answer >= 0 && said.Visible.AsSpan(answer).TrimStart().Contains('\n');

    private static string Error(string reason) => $"error: {reason}";
}
