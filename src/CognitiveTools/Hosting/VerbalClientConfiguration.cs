using Microsoft.Extensions.AI;

namespace CognitiveTools.Hosting;

/// <summary>What a registration adds to the host's chat model when it is resolved.</summary>
internal sealed record VerbalClientConfiguration(Action<ChatClientBuilder> Configure);
