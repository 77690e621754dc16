using CognitiveTools.Server.Faults;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Server.Answers;

/// <summary>The refusal of messages that leave no room in the model's context for an answer.</summary>
internal static class FullContext
{
    /// <param name="client">The model. The context of one behind an address is not this server's to change.</param>
    public static RequestRefusedException Refusal(IChatClient client)
    {
        var isRemote = client.GetService<ChatClientMetadata>()?.ProviderUri is not null;
        return new(400, "context_length_exceeded",
            "The messages leave no room in the model's context for an answer. Send less, or "
                + (isRemote ? "ask a model with a larger context." : "start the server with a larger --context."),
            "messages");
    }
}
