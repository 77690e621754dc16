using CognitiveTools.Calls;
using CognitiveTools.Prompts;
using CognitiveTools.Reasoners;
using CognitiveTools.Tools;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Loop;

/// <summary>
/// Solves a question with cognitive tools at hand (Ebouky, Bartezzaghi and Rigotti 2025, arXiv 2506.12115). The loop is a
/// state machine of our own, not a host's automatic function calling:
/// <code>
/// Generate - call found   - Validate - ok      - isolated call - append fenced observation - Generate
///                                    - refused - append fenced error (bounded)             - Generate
///          - answer line  - done
///          - text ended   - one forced-answer turn - done
///          - budget spent - one forced-answer turn - done
/// </code>
/// Only the first call of a turn counts and what follows it is cut, because the model would be inventing the result. A call
/// in a think block is none. An answer line before a call ends the solve; behind one it is cut with the rest. Only text of
/// the model's own turns can steer: the question and the tools' outputs are never read for calls or answers.
/// The forced-answer turn may go over the budget of positions by its own cost; nothing else may begin once it is spent.
/// When the context is full, the oldest observation is replaced by a note and the turn is tried again, until none is left.
/// </summary>
public sealed class CognitiveToolLoop : IReasoner
{
    private static readonly string[] ObservationValues = ["tool", "fence", "content"];
    private readonly LoopSetup _setup;

    /// <summary>Makes a loop.</summary>
    /// <param name="client">The model of the main context.</param>
    /// <param name="invoker">How tools are reached.</param>
    /// <param name="profile">Prompts of the loop and of the tools.</param>
    /// <param name="tools">The tools on offer.</param>
    /// <param name="options">Style and bounds.</param>
    /// <param name="time">The clock; the system's when <see langword="null"/>.</param>
    /// <exception cref="ArgumentException">There is no tool, or the profile lacks a prompt of the loop; the message says which.</exception>
    /// <exception cref="InvalidDataException">A tool's prompt does not fit its parameters.</exception>
    public CognitiveToolLoop(
        IChatClient client, IToolInvoker invoker, PromptProfile profile, IReadOnlyList<CognitiveTool> tools,
            ToolLoopOptions? options = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(invoker);
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(tools);
        if (tools.Count == 0)
            throw new ArgumentException("A tool loop needs at least one tool. Use the reasoner 'cot' for none.", nameof(tools));
        options ??= new ToolLoopOptions();
        if (options is { Style: CallStyle.Native, Isolation: ToolIsolation.Off })
            throw new ArgumentException(
                "isolation=off shows the tool the conversation up to its call, which native function calls do not allow. Use style=json or "
                + "style=python.", nameof(options));
        _setup = new LoopSetup(client, invoker, profile, tools, options, time ?? TimeProvider.System);

        // A prompt that does not fit shows here, not in the middle of an evaluation.
        foreach (var tool in tools)
            ToolCatalog.Check(tool, profile);
        _setup.Open("question");
        profile.Render(LoopSetup.ObservationPrompt, ObservationValues.ToDictionary(v => v, v => v, StringComparer.Ordinal));
        profile.Render(LoopSetup.ForcedPrompt, LoopSetup.NoValues);
    }

    /// <inheritdoc/>
    public Task<Reasoning> SolveAsync(Question question, SolveOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(options);
        return new ToolLoopRun(_setup, question, options).SolveAsync(cancellationToken);
    }
}
