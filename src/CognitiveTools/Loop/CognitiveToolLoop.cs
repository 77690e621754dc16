using CognitiveTools.Calls;
using CognitiveTools.Prompts;
using CognitiveTools.Reasoners;
using CognitiveTools.Tools;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Loop;

/// <summary>
/// Solves a question with cognitive tools (Ebouky, Bartezzaghi and Rigotti 2025, arXiv 2506.12115). The loop is our own state
/// machine, not a host's automatic function calling:
/// <code>
/// Generate - call found   - Validate - ok      - isolated call - append fenced observation - Generate
///                                    - refused - append fenced error (bounded)             - Generate
///          - answer line  - done
///          - text ended   - one forced-answer turn - done
///          - budget spent - one forced-answer turn - done
/// </code>
/// Only the first call of a turn counts; the text after it is cut, because there the model would invent the result. Calls in think
/// blocks are ignored. An answer line before a call ends the solve; one after a call is cut with the rest. Only the model's own
/// turns are searched for calls and answers, never the question or the tools' outputs. The forced-answer turn may exceed the budget
/// of positions by its own cost; once the budget is spent, no other turn or call begins. When the context is full, the oldest
/// observation is replaced by a note and the turn is retried, as long as there are observations.
/// </summary>
internal sealed class CognitiveToolLoop : IReasoner
{
    private static readonly string[] ObservationValues = ["tool", "fence", "content"];
    private readonly LoopSetup _setup;

    /// <summary>Makes a loop.</summary>
    /// <param name="client">The model of the main context.</param>
    /// <param name="invoker">Calls the tools.</param>
    /// <param name="profile">Prompts of the loop and of the tools.</param>
    /// <param name="tools">The tools on offer.</param>
    /// <param name="options">Style and bounds.</param>
    /// <param name="time">The clock; the system's when <see langword="null"/>.</param>
    /// <exception cref="ArgumentException">
    /// The list of tools is empty, or the profile lacks a prompt of the loop; the message says which.
    /// </exception>
    /// <exception cref="InvalidDataException">A tool's prompt does not fit its parameters.</exception>
    public CognitiveToolLoop(
        IChatClient client,
        IToolInvoker invoker,
        PromptProfile profile,
        IReadOnlyList<CognitiveTool> tools,
        ToolLoopOptions? options = null,
        TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(invoker);
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(tools);
        if (tools.Count == 0)
            throw new ArgumentException("A tool loop needs at least one tool. Without tools, use the reasoner 'cot'.", nameof(tools));
        options ??= new ToolLoopOptions();
        if (options is { Style: CallStyle.Native, Isolation: ToolIsolation.Off })
            throw new ArgumentException(
                "isolation=off shows the tool the conversation up to its call, which native function calls do not allow. "
                + "Use style=json or style=python.", nameof(options));
        _setup = new LoopSetup(client, invoker, profile, tools, options, time ?? TimeProvider.System);

        // An unsuitable prompt fails here, not in the middle of an evaluation.
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
