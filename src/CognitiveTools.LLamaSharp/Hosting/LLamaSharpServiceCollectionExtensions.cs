using CognitiveTools.Hosting;
using CognitiveTools.LLamaSharp.Chat;
using LLama;
using LLama.Abstractions;
using Microsoft.Extensions.AI;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers a model that an app runs through LLamaSharp.</summary>
public static class LLamaSharpServiceCollectionExtensions
{
    /// <summary>Adds the registered executor as the chat client that the reasoners ask for.</summary>
    /// <param name="services">
    /// The host's services; they hold an <see cref="ILLamaExecutor"/>, its <see cref="LLamaWeights"/> and its <see cref="IContextParams"/>.
    /// </param>
    /// <param name="key">The client's key; the reasoners use <c>verbal</c>.</param>
    public static IServiceCollection AddLLamaSharpClient(this IServiceCollection services, string key = ServiceKeys.Verbal)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrEmpty(key);
        return services.AddKeyedSingleton<IChatClient>(key, static (provider, _) =>
            new LLamaSharpChatClient(
                provider.GetRequiredService<ILLamaExecutor>(),
                provider.GetRequiredService<LLamaWeights>(),
                provider.GetRequiredService<IContextParams>()));
    }
}
