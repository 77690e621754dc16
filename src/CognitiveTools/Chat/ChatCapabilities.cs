using Microsoft.Extensions.AI;

namespace CognitiveTools.Chat;

/// <summary>
/// What a chat client can do beyond the standard options. A client advertises it by returning an instance from
/// <see cref="IChatClient.GetService"/> for this type; a client that returns <see langword="null"/> has none of them.
/// </summary>
/// <param name="Grammar">Whether <see cref="ChatOptionKeys.Grammar"/> and <see cref="ChatOptionKeys.GrammarTrigger"/> are honoured.</param>
public sealed record ChatCapabilities(bool Grammar)
{
    /// <summary>Whether to use the model's native function calls (<c>ChatOptions.Tools</c>).</summary>
    public bool FunctionCalls { get; init; }

    /// <summary>
    /// Whether the model thinks before it answers and the client tells its thoughts from the answer; <see langword="null"/> when that
    /// is not known, as for a server.
    /// </summary>
    public bool? Thinks { get; init; }

    /// <summary>
    /// Whether <see cref="ChatOptionKeys.ThoughtTokens"/> and <see cref="ChatOptionKeys.ThoughtWaits"/> are honoured.
    /// </summary>
    public bool ThoughtBudgets { get; init; }

    /// <summary>
    /// Whether the model can be told to think little or much (the efforts besides none and medium); <see langword="null"/> when that is
    /// not known.
    /// </summary>
    internal bool? ThinksInLevels { get; init; }

    /// <summary>
    /// Whether all that the model writes before the line with its answer counts as thought, so that a call written there is never made.
    /// </summary>
    internal bool ThinksUntilAnswer { get; init; }

    /// <summary>
    /// Whether a cancelled response ends soon and its exception carries <see cref="PartialWork"/>, so that callers wait for it.
    /// </summary>
    internal bool CountsPartialWork { get; init; }

    /// <summary>
    /// Whether concurrent requests cost less than sequential ones and give the same
    /// texts, because the engine decodes them together (<see cref="StartGroup"/>).
    /// </summary>
    internal bool Batches { get; init; }

    /// <summary>No capability beyond the standard options, as for any remote client.</summary>
    public static ChatCapabilities None { get; } = new(Grammar: false);

    /// <summary>The capabilities a client advertises, or <see cref="None"/>.</summary>
    public static ChatCapabilities Of(IChatClient client)
    {
        ArgumentNullException.ThrowIfNull(client);
        return client.GetService(typeof(ChatCapabilities)) as ChatCapabilities ?? None;
    }
}
