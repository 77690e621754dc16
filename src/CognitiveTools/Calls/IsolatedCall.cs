using CognitiveTools.Code;
using CognitiveTools.Latents;
using CognitiveTools.Reasoners;
using CognitiveTools.Tools;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CognitiveTools.Calls;

/// <summary>
/// Runs a tool on a model in a separate context: one system message from the tool's prompt and one
/// user message from the call's arguments, without tools, with its own limits and seed. The model does
/// not see the caller's conversation, and only the returned text goes back. For a tool with
/// <see cref="CognitiveTool.Runs"/> the program in the text is then run and returned with its outcome.
/// </summary>
/// <param name="client">The model.</param>
/// <param name="time">The clock; the system's when <see langword="null"/>.</param>
/// <param name="loggers">Logs calls, content at the level <c>Trace</c> only; <see langword="null"/> to log nothing.</param>
public sealed partial class IsolatedCall(IChatClient client, TimeProvider? time = null, ILoggerFactory? loggers = null) : IToolInvoker
{
    private readonly ILogger _logger = loggers?.CreateLogger<IsolatedCall>() ?? NullLogger<IsolatedCall>.Instance;
    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <summary>Whether the span of a call holds its arguments and output.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool RecordContent { get; init; }

    /// <summary>Runs the programs of tools that run code. Calls of such tools are refused when it is <see langword="null"/>.</summary>
    public ICodeSandbox? Sandbox { get; init; }

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The tool's prompt does not fit its parameters.</exception>
    /// <exception cref="ArgumentException">An argument is missing or is not a parameter of the tool.</exception>
    /// <returns>The result; a call with <see cref="ToolCall.Refusal"/> is refused without asking the model.</returns>
    public async Task<CallResult> InvokeAsync(ToolCall call, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(call);
        if (call.Refusal is not null)
            return call.Refuse();
        using var span = CallTelemetry.Start(call, RecordContent);
        var result = await RunAsync(call, cancellationToken);
        CallTelemetry.End(span, call.Tool, result, RecordContent);
        LogCalled(call.Tool.Name, result.Outcome, UsageWords.Positions(result.Usage), result.Usage.Elapsed.TotalSeconds);
        LogContent(call.Tool.Name, call.Arguments, result.Raw);
        return result;
    }

    private async Task<CallResult> RunAsync(ToolCall call, CancellationToken cancellationToken)
    {
        var (tool, limits) = (call.Tool, call.Tool.Limits);
        ToolCatalog.Check(tool, call.Profile);
        var (runner, refusal) = tool.Runs is null ? default : await CodeTool.RunnerAsync(tool, Sandbox, cancellationToken);
        if (refusal is not null)
            return new CallResult(CallOutcome.Refused, "") { Reason = refusal };

        var notes = new List<string>();
        var messages = Messages(call, notes);
        var start = _time.GetTimestamp();
        var allowed = Least(limits.Timeout, call.TimeLimit);
        var turn = await ModelTurn.RunAsync(client, messages, Options(call, client), allowed, _time, observer: null, cancellationToken);

        notes.AddRange(turn.Notes);
        var text = turn.Visible.Trim();
        if (text.Length < turn.Text.Trim().Length)
            notes.Add("thoughts of the tool were removed");
        if (turn is { HasThoughtsOnly: true, End: GenerationEnd.TokenLimit })
            notes.Add("a limit of tokens cut the tool within its thoughts");
        var block = runner is null ? null : CodeBlock.FindLast(text);
        var breaches = Breaches(tool, text, block);
        var (outcome, reason) = Judge(turn, text, breaches);
        if (tool.Output.UnexecutedClaim(text) is { } claim)
            notes.Add($"claims a check that nothing executed: '{claim}'");
        if (outcome is CallOutcome.Truncated or CallOutcome.ContractBroken)
            notes.AddRange(breaches);
        if (runner is not null && outcome == CallOutcome.Answered)
            (outcome, text, reason) = await ExecuteAsync(runner, block!, allowed - _time.GetElapsedTime(start), notes, cancellationToken);

        var capped = TextCap.HeadAndTail(text, limits.MaxOutputCharacters);
        if (capped.Length != text.Length)
            notes.Add($"output of {text.Length} characters was cut to {limits.MaxOutputCharacters}");
        return new CallResult(outcome, outcome is CallOutcome.TimedOut or CallOutcome.Refused ? "" : capped)
        {
            Reason = reason,
            Raw = turn.Text,
            Accepts = tool.Output.ReadVerdict(text) is { } verdict ? verdict == tool.Output.Verdict!.Values[0] : null,
            Notes = notes,
            Usage = turn.Usage with
            {
                Prompt = 0,
                Generated = 0,
                ThoughtTokens = 0,
                ToolPrompt = turn.Usage.Prompt,
                ToolGenerated = turn.Usage.Generated,
                ToolThoughtTokens = turn.Usage.ThoughtTokens,
                Elapsed = _time.GetElapsedTime(start),
            },
        };
    }

    private static IReadOnlyList<string> Breaches(CognitiveTool tool, string text, CodeBlock? block)
    {
        if (text.Length == 0)
            return ["the output is empty"];
        var breaches = tool.Output.Breaches(text);
        return tool.Runs is { } language && CodeTool.Breach(language, block) is { } breach ? [.. breaches, breach] : breaches;
    }

    // A failed program counts as answered: the error lets the caller correct it.
    private static async Task<(CallOutcome Outcome, string Text, string? Reason)> ExecuteAsync(
        ICodeRunner runner, CodeBlock block, TimeSpan timeLeft, List<string> notes, CancellationToken cancellationToken)
    {
        var (text, note, outcome) = await CodeTool.RunAsync(runner, block, timeLeft, cancellationToken);
        notes.Add(note);
        return outcome == CodeOutcome.Refused ? (CallOutcome.Refused, "", text) : (CallOutcome.Answered, text, null);
    }

    // Many chat formats allow a system message only at the start, so after another conversation both become one user message.
    private static IReadOnlyList<ChatMessage> Messages(ToolCall call, List<string> notes)
    {
        var own = call.Profile.Render(call.Tool.Prompt, Values(call, notes));
        return call.Context is { } context
            ? [.. context, new ChatMessage(ChatRole.User, string.Join("\n\n", own.Select(m => m.Text)))] : own;
    }

    private static (CallOutcome Outcome, string? Reason) Judge(ModelTurn turn, string text, IReadOnlyList<string> breaches) =>
        turn.End switch
        {
            GenerationEnd.TimedOut => (CallOutcome.TimedOut, "the call's time ran out"),
            GenerationEnd.Failed => (CallOutcome.Refused, $"the model failed: {turn.Error}"),
            GenerationEnd.ContextFull when text.Length == 0 =>
                (CallOutcome.Refused, $"the tool's own context is full. {turn.Error}".TrimEnd()),
            GenerationEnd.ContextFull => (CallOutcome.Truncated, "the tool's own context was full"),
            GenerationEnd.TokenLimit => (CallOutcome.Truncated, "the output reached its token limit"),
            _ when breaches.Count > 0 => (CallOutcome.ContractBroken, string.Join("; ", breaches)),
            _ => (CallOutcome.Answered, null),
        };

    private static Dictionary<string, string> Values(ToolCall call, List<string> notes)
    {
        var values = call.Tool.Parameters
            .Where(p => p.Default is not null)
            .ToDictionary(p => p.Name, p => p.Default!, StringComparer.Ordinal);
        var limit = call.Tool.Limits.MaxInputCharacters;
        foreach (var (name, value) in call.Arguments)
        {
            values[name] = TextCap.HeadAndTail(value, limit);
            if (value.Length > limit)
                notes.Add($"argument '{name}' of {value.Length} characters was cut to {limit}");
        }

        return values;
    }

    private static ChatOptions Options(ToolCall call, IChatClient client)
    {
        var limits = call.Tool.Limits;
        var options = new ChatOptions
        {
            MaxOutputTokens = Math.Min(limits.MaxOutputTokens, call.MaxOutputTokens ?? int.MaxValue),
            Seed = call.Seed,
        };
        var sampling = limits.Temperature is { } own // which the user did not ask for
            ? call.Sampling with { Temperature = own, TemperatureIsDefault = true }
            : call.Sampling;
        sampling.Apply(options);
        call.Thinking.Apply(options, client, call.ThoughtTokens);
        return options;
    }

    private static TimeSpan Least(TimeSpan own, TimeSpan? other) => other is { } limit && limit < own ? limit : own;

    [LoggerMessage(1, LogLevel.Debug, "{Tool}: {Outcome}, {Positions}, {Seconds} s")]
    private partial void LogCalled(string tool, CallOutcome outcome, string positions, double seconds);

    [LoggerMessage(2, LogLevel.Trace, "{Tool} {Arguments}: {Output}")]
    private partial void LogContent(string tool, IReadOnlyDictionary<string, string> arguments, string output);
}
