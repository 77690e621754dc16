using CognitiveTools.Hosting;
using CognitiveTools.Latent.Hosting;
using CognitiveTools.Reasoners;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the latent reasoners with a host.</summary>
public static class LatentReasoningServiceCollectionExtensions
{
    /// <summary>
    /// Adds the reasoners <c>latent</c>, <c>pause</c> and <c>cot-decoding</c>. The model is an <c>ILatentModel</c> that the host registers
    /// under the key <see cref="ServiceKeys.Latent"/> or without a key. Calling this twice adds them once and applies both configurations.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">Changes the options.</param>
    public static IServiceCollection AddLatentReasoning(this IServiceCollection services, Action<LatentReasoningOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = services.AddOptions<LatentReasoningOptions>();
        if (configure is not null)
            options.Configure(configure);
        services.AddReasonerHost();
        services.TryAddEnumerable(
        [
            ServiceDescriptor.Singleton<IReasonerFactory, LatentReasonerFactory>(),
            ServiceDescriptor.Singleton<IReasonerFactory, PauseReasonerFactory>(),
            ServiceDescriptor.Singleton<IReasonerFactory, CotDecodingFactory>(),
        ]);
        return services;
    }
}
