using Microsoft.Extensions.AI;

namespace CognitiveTools.Chat;

/// <summary>
/// What a chat client can do beyond the standard options. A client advertises it by returning an instance from
/// <see cref="IChatClient.GetService"/> for this type; one that returns none is asked for nothing special.
/// </summary>
/// <param name="Grammar">Whether <see cref="ChatOptionKeys.Grammar"/> and <see cref="ChatOptionKeys.GrammarTrigger"/> are honoured.</param>
public sealed record ChatCapabilities(bool Grammar)
{
    /// <summary>Whether the model calls functions natively (<c>ChatOptions.Tools</c>), and is to be asked to.</summary>
    public bool FunctionCalls { get; init; }

    /// <summary>
    /// Whether a response that is cancelled ends soon, with what it had done on its exception (<see cref="PartialWork"/>), so that it
    /// is worth waiting for.
    /// </summary>
    public bool CountsPartialWork { get; init; }

    /// <summary>
    /// Whether requests made at once cost less than one after the other and give the same texts: the engine decodes them together
    /// (<see cref="StartGroup"/>).
    /// </summary>
    public bool Batches { get; init; }

    /// <summary>Nothing special: any remote client.</summary>
    public static ChatCapabilities None { get; } = new(Grammar: false);

    /// <summary>The capabilities a client advertises, or <see cref="None"/>.</summary>
    public static ChatCapabilities Of(IChatClient client)
    {
        ArgumentNullException.ThrowIfNull(client);
        return client.GetService(typeof(ChatCapabilities)) as ChatCapabilities ?? None;
    }
}
