using CognitiveTools.Calls;
using CognitiveTools.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;
using IChatClient = Microsoft.Extensions.AI.IChatClient;

namespace CognitiveTools.SemanticKernel.Plugins;

/// <summary>Finds the model that a kernel's tools run on.</summary>
internal static class KernelModel
{
    /// <summary>
    /// The isolated call over, in this order: the chat client under the key <c>verbal</c>, the kernel's chat client, the
    /// kernel's chat completion service.
    /// </summary>
    /// <exception cref="InvalidOperationException">The kernel has none of them.</exception>
    public static IsolatedCall Of(Kernel kernel)
    {
        var services = kernel.Services;
        var client = services is IKeyedServiceProvider keyed ? keyed.GetKeyedService<IChatClient>(ServiceKeys.Verbal) : null;
        if (client is not null && services.GetService<IsolatedCall>() is { } hosted)
            return hosted; // on the same client, with the host's telemetry
        client ??= services.GetService<IChatClient>() ?? services.GetService<IChatCompletionService>()?.AsChatClient();
        return client is not null
            ? new IsolatedCall(client, services.GetService<TimeProvider>())
            : throw new InvalidOperationException(
                $"The kernel has no model for its cognitive tools. Register a chat client under the key '{ServiceKeys.Verbal}', a chat "
                + "client, or a chat completion service.");
    }
}
