using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.AI;

namespace CognitiveTools.Llama.Workers;

/// <summary>The messages of the pipe.</summary>
[JsonSerializable(typeof(WorkerRequest))]
[JsonSerializable(typeof(WorkerReply))]
internal sealed partial class WorkerJson : JsonSerializerContext
{
    private static readonly JsonTypeInfo<IList<ChatMessage>> Messages =
        (JsonTypeInfo<IList<ChatMessage>>)AIJsonUtilities.DefaultOptions.GetTypeInfo(typeof(IList<ChatMessage>));

    internal static JsonElement Write(IEnumerable<ChatMessage> messages)
    {
        ArgumentNullException.ThrowIfNull(messages);
        return JsonSerializer.SerializeToElement([.. messages], Messages);
    }

    internal static IList<ChatMessage> Read(JsonElement messages) => messages.Deserialize(Messages)!;
}
