using CognitiveTools.Calls;
using CognitiveTools.Chat;
using CognitiveTools.Loop.Reading;
using CognitiveTools.Reasoners;
using CognitiveTools.Telemetry;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Loop;

/// <summary>One solve of the tool loop: its conversation and the state machine's steps.</summary>
internal sealed class ToolLoopRun
{
    private readonly LoopParts _parts;
    private readonly Question _question;
    private readonly SolveOptions _options;
    private readonly LoopLedger _ledger;
    private readonly CallValidator _validator;
    private readonly Fence _fence;
    private readonly IReadOnlyCollection<string> _toolNames;
    private readonly List<ChatMessage> _messages;
    private readonly Queue<(ChatMessage Message, string Tool, FunctionCallContent? Native)> _observations = new();
    private readonly List<Step> _steps = [];
    private readonly List<string> _saidSinceObservation = [];
    private bool _stopAtCalls = true;
    private int _turns;

    public ToolLoopRun(LoopParts parts, Question question, SolveOptions options)
    {
        _parts = parts;
        _question = question;
        _options = options;
        _ledger = new LoopLedger(options.Budget, parts.Options, parts.Time);
        _validator = new CallValidator(parts.Tools, parts.Options.Binding, question.Text);
        _fence = new Fence(options.Seed);
        _toolNames = [.. parts.Tools.Select(t => t.Name)];
        _messages = [.. parts.Open(question.Text)];
    }

    public async Task<Reasoning> SolveAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (_ledger.IsSpent)
            {
                _ledger.Hit("positions");
                return await ForceAnswerAsync(cancellationToken);
            }

            var options = LoopOptions();
            var turn = await GenerateAsync(options, cancellationToken);
            if (turn.End is TurnEnd.TimedOut or TurnEnd.Failed or TurnEnd.ContextFull)
                return Stopped(turn);

            var said = new AssistantTurn(turn.Message, cut: turn.End == TurnEnd.TokenLimit);
            if (turn.End == TurnEnd.Finished && _stopAtCalls && said.EndsInThought)
            {
                // A call pondered in a thought met the stop sequence: think again without it.
                _stopAtCalls = false;
                _ledger.Discard(turn);
                _ledger.Note("a turn that a stop sequence ended inside a thought was generated again without it");
                continue;
            }

            var call = CallReading.FindFirst(said, _toolNames);
            var answer = AnswerMarker.IndexOf(said.Visible);
            if (call is not null && (answer < 0 || call.Start < answer))
            {
                if (await CallAsync(turn, said, call, cancellationToken))
                    return await ForceAnswerAsync(cancellationToken);
                continue;
            }

            // An answer line came first: a call behind it is not made.
            Say(turn, call is null ? said.Text : said.Text[..call.Start]);
            if (turn.End == TurnEnd.TokenLimit && !IsAnswerComplete(said, answer))
            {
                _ledger.Hit(options.MaxOutputTokens < _options.Budget.TokensPerTurn ? "positions" : "tokensPerTurn");
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
        var call = _validator.Check(found);
        var notes = call.Notes.ToList();
        if (said.Text[found.End..] is var rest && !string.IsNullOrWhiteSpace(rest))
            notes.Add($"{rest.Trim().Length} characters behind the call were cut");

        var arguments = call.Json();
        var (refusal, final) = call.Tool is null ? (call.Error, false) : _ledger.Admit(call.Tool, arguments);
        if (refusal is not null)
        {
            ToolkitTelemetry.Count(call.Tool, CallOutcome.Refused);
            Record(new Called(call.Name, arguments, nameof(CallOutcome.Refused), final ? "" : Error(refusal)) { Notes = final ? [.. notes, refusal] : notes });
            if (final)
                return true;
            Observe(call.Name, Error(refusal), found.Native);
            return _ledger.RecordRefusal();
        }

        var index = _ledger.Record(call.Tool!, arguments);
        var result = await InvokeAsync(
            new ToolRequest(call.Tool!, call.Arguments.ToDictionary(StringComparer.Ordinal), _parts.Profile)
            {
                Seed = Seeds.Derive(_options.Seed, SeedPath.Call, index),
                Context = _parts.Options.Isolation == ToolIsolation.Off ? [.. _messages] : null,
                MaxOutputTokens = _ledger.ToolTokensLeft,
                TimeLimit = _ledger.TimeLeft,
            },
            cancellationToken);
        _ledger.Pay(result.Usage);
        var observation = result.HasOutput
            ? (result.Text.Length > 0 ? result.Text : "(the tool wrote nothing)")
            : Error($"{call.Name} gave no result: {result.Reason}");
        Record(new Called(call.Name, arguments, result.Outcome.ToString(), observation) { Usage = result.Usage, Accepts = result.Accepts, Notes = [.. notes, .. result.Notes] });
        Observe(call.Name, observation, found.Native);
        return false;
    }

    // A host between the loop and the tool (a kernel and its filters) may fail; what the call spent until then is not known.
    private async Task<CallResult> InvokeAsync(ToolRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await _parts.Invoker.InvokeAsync(request, cancellationToken);
        }
        catch (Exception e) when (e is not (ArgumentException or InvalidDataException) && !cancellationToken.IsCancellationRequested)
        {
            _ledger.Note(ModelTurn.GivenUp);
            return new CallResult(CallOutcome.Refused, "")
            {
                Reason = $"the host failed: {e.GetType().Name}: {e.Message}",
                Usage = Usage.None with { Incomplete = true },
            };
        }
    }

    private async Task<Reasoning> ForceAnswerAsync(CancellationToken cancellationToken)
    {
        _messages.AddRange(_parts.Profile.Render(LoopParts.ForcedPrompt, LoopParts.NoValues));
        var options = TurnOptions(Math.Min(_options.Budget.TokensPerTurn, _parts.Options.ForcedAnswerTokens));
        var turn = await GenerateAsync(options, cancellationToken);
        if (turn.End is TurnEnd.TimedOut or TurnEnd.Failed or TurnEnd.ContextFull)
            return Stopped(turn);
        Say(turn, turn.Text);
        var said = new AssistantTurn(turn.Message, cut: turn.End == TurnEnd.TokenLimit);
        if (turn.End == TurnEnd.TokenLimit && !IsAnswerComplete(said, AnswerMarker.IndexOf(said.Visible)))
        {
            _ledger.Hit("forcedAnswerTokens");
            return Done(StopReason.TokenLimit);
        }

        return Done(StopReason.Forced);
    }

    /// <summary>Generates; as long as the context is full, the oldest observation gives way to a note.</summary>
    private async Task<ModelTurn> GenerateAsync(ChatOptions options, CancellationToken cancellationToken)
    {
        while (true)
        {
            var turn = await ModelTurn.RunAsync(_parts.Client, _messages, options, _ledger.TimeLeft, _parts.Time, _options.TextObserver, cancellationToken);
            _ledger.Pay(turn);
            if (turn.End != TurnEnd.ContextFull || _observations.Count == 0)
                return turn;

            _ledger.Discard(turn);
            _ledger.Hit("context");
            var (message, tool, native) = _observations.Dequeue();
            _messages[_messages.IndexOf(message)] = ObservationMessages(tool, "(left out: the context is full)", native)[0];
            _ledger.Note($"an observation of {tool} was left out because the context was full");
        }
    }

    private ChatOptions LoopOptions()
    {
        var options = TurnOptions((int)_ledger.TokensLeft);
        if (_parts.Options.Style == CallStyle.Native)
        {
            (options.Tools, options.ToolMode, options.AllowMultipleToolCalls) = (_parts.Declarations, ChatToolMode.Auto, false);
            return options;
        }

        if (!_stopAtCalls)
            return options;
        if (_parts.Options.Style == CallStyle.Python)
        {
            options.StopSequences = ["Observation:"];
            return options;
        }

        options.StopSequences = ["</call>"];
        if (ChatCapabilities.Of(_parts.Client).Grammar)
        {
            options.AdditionalProperties = new AdditionalPropertiesDictionary
            {
                [ChatOptionKeys.Grammar] = CallGrammar.For(_parts.Tools),
                [ChatOptionKeys.GrammarTrigger] = CallGrammar.Trigger,
            };
        }

        return options;
    }

    private ChatOptions TurnOptions(int tokens) => new()
    {
        MaxOutputTokens = tokens,
        Temperature = _options.Temperature,
        Seed = Seeds.Derive(_options.Seed, SeedPath.Turn, _turns++),
    };

    private void Say(ModelTurn turn, string text, FunctionCallContent? call = null)
    {
        Record(turn.Said(text));
        _saidSinceObservation.Add(text);
        List<AIContent> contents = string.IsNullOrWhiteSpace(text) ? [] : [new TextContent(text)];
        if (call is not null)
            contents.Add(call);
        if (contents.Count > 0)
            _messages.Add(new ChatMessage(ChatRole.Assistant, contents));
    }

    private void Observe(string tool, string content, FunctionCallContent? call)
    {
        var messages = ObservationMessages(tool, content, call);
        _messages.AddRange(messages);
        _observations.Enqueue((messages[0], tool, call));
        _saidSinceObservation.Clear();
    }

    // The name is the model's own word when the call is refused, so it is guarded like the content.
    private IReadOnlyList<ChatMessage> ObservationMessages(string tool, string content, FunctionCallContent? call)
    {
        var messages = _parts.Profile.Render(LoopParts.ObservationPrompt, Values(
            ("tool", tool.Length == 0 ? "the call" : _fence.Guard(tool)),
            ("fence", _fence.Text),
            ("content", _fence.Guard(content))));
        return call is null ? messages : [new ChatMessage(ChatRole.Tool, [new FunctionResultContent(call.CallId, string.Join('\n', messages.Select(m => m.Text)))])];
    }

    private void Record(Step step)
    {
        _steps.Add(step);
        _options.Observer?.Report(step);
    }

    private Reasoning Stopped(ModelTurn turn)
    {
        if (turn.Text.Length > 0 || turn.Thoughts is not null)
            Say(turn, turn.Text);
        if (PromptReasoner.LimitOf(turn.End) is { } limit)
            _ledger.Hit(limit);
        return Done(PromptReasoner.StopOf(turn.End)) with { Error = turn.Error };
    }

    private Reasoning Done(StopReason stop) => new(string.Join('\n', _saidSinceObservation), _steps, _ledger.Final(), stop)
    {
        LimitsHit = _ledger.Limits,
        Notes = _ledger.Notes,
    };

    // The limit may have cut the answer itself, unless its line had ended.
    private static bool IsAnswerComplete(AssistantTurn said, int answer) =>
        answer >= 0 && said.Visible.AsSpan(answer).TrimStart().Contains('\n');

    private static string Error(string reason) => $"error: {reason}";

    private static Dictionary<string, string> Values(params ReadOnlySpan<(string Name, string Value)> values)
    {
        var dictionary = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in values)
            dictionary.Add(name, value);
        return dictionary;
    }
}
